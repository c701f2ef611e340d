import { defineCheck, failIf, pass } from '../../../catalogue.ts';

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
    const scaled = list('application-auto-scaling:DescribeScalableTargets')
      .filter(({ resourceId }) => resourceId === `table/${name}`)
      .map(({ dimension }) => dimension);
    const fixed = ['dynamodb:table:ReadCapacityUnits', 'dynamodb:table:WriteCapacityUnits'].filter(
      (dimension) => !scaled.includes(dimension),
    );
    return failIf(fixed.length > 0, { fixed });
  },
});
