import { defineCheck, failIf } from '../../../catalogue.ts';

export const dynamodbTableDeletionProtection = defineCheck({
  id: 'dynamodb-table-deletion-protection',
  title: 'Deletion protection is on',
  service: 'dynamodb',
  depth: 'standard',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::DynamoDB::Table',
  failsWhen: 'DeletionProtectionEnabled is false.',
  remediation: 'Turn deletion protection on.',
  command: 'aws dynamodb update-table --table-name TABLE --deletion-protection-enabled',
  on: 'dynamodb:ListTables',
  needs: ['dynamodb:DescribeTable'],
  judge(_, { detail }) {
    return failIf(detail('dynamodb:DescribeTable')?.deletionProtected !== true);
  },
});
