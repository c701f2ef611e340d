import { defineCheck, failIf, pass } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { ScalableTarget } from '../collect.ts';

const targetsOf = grouped(({ resourceId }: ScalableTarget) => resourceId);
const DIMENSIONS = ['dynamodb:table:ReadCapacityUnits', 'dynamodb:table:WriteCapacityUnits'];

export const dynamodbTableAutoscaling = defineCheck({
  id: 'dynamodb-table-autoscaling',
  title: 'Capacity scales with demand',
  service: 'dynamodb',
  depth: 'deep',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::DynamoDB::Table',
  failsWhen:
    'BillingMode is PROVISIONED and read or write capacity has no scalable target. On-demand passes.',
  remediation: 'Use on-demand capacity, or scaling for reads and writes.',
  command: 'aws dynamodb update-table --table-name TABLE --billing-mode PAY_PER_REQUEST',
  on: 'dynamodb:ListTables',
  needs: ['dynamodb:DescribeTable', 'application-auto-scaling:DescribeScalableTargets'],
  judge({ name }, { detail, list }) {
    if (detail('dynamodb:DescribeTable')?.provisioned !== true) return pass({ capacity: 'on demand' });
    const targets = targetsOf(list('application-auto-scaling:DescribeScalableTargets'), `table/${name}`);
    const fixed = DIMENSIONS.filter((one) => !targets.some(({ dimension }) => dimension === one));
    return failIf(fixed.length > 0, { fixed });
  },
});
