import { defineCheck, failIf } from '../../../catalogue.ts';

export const dynamodbTablePitr = defineCheck({
  id: 'dynamodb-table-pitr',
  title: 'Point-in-time recovery is on',
  service: 'dynamodb',
  depth: 'quick',
  level: 'medium',
  category: 'backup',
  resourceType: 'AWS::DynamoDB::Table',
  failsWhen: 'PointInTimeRecoveryStatus is not ENABLED.',
  remediation: 'Turn point-in-time recovery on.',
  command:
    'aws dynamodb update-continuous-backups --table-name TABLE --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true',
  on: 'dynamodb:ListTables',
  needs: ['dynamodb:DescribeContinuousBackups'],
  judge(_, { detail }) {
    const status = detail('dynamodb:DescribeContinuousBackups')?.pointInTimeRecovery ?? 'DISABLED';
    return failIf(status !== 'ENABLED', { status });
  },
});
