import { defineCheck, failIf } from '../../../catalogue.ts';

export const dynamodbTableKms = defineCheck({
  id: 'dynamodb-table-kms',
  title: 'Table is encrypted with a KMS key',
  service: 'dynamodb',
  depth: 'standard',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::DynamoDB::Table',
  failsWhen: 'SSEDescription is absent or its SSEType is not KMS (AWS owned key).',
  remediation: 'Encrypt with a KMS key.',
  command:
    'aws dynamodb update-table --table-name TABLE --sse-specification Enabled=true,SSEType=KMS,KMSMasterKeyId=KEY',
  on: 'dynamodb:ListTables',
  needs: ['dynamodb:DescribeTable'],
  judge(_, { detail }) {
    const encryption = detail('dynamodb:DescribeTable')?.encryption ?? null;
    return failIf(encryption !== 'KMS', { encryption });
  },
});
