import { defineCheck } from '../../../catalogue.ts';

export const cwLogGroupKms = defineCheck({
  id: 'cw-log-group-kms',
  title: 'Log groups use a KMS key',
  service: 'cloudwatch',
  depth: 'standard',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::Logs::LogGroup',
  failsWhen: 'kmsKeyId is absent.',
  remediation: 'Associate a KMS key.',
  command: 'aws logs associate-kms-key --log-group-name GROUP --kms-key-id KEY',
  on: 'cloudwatch-logs:DescribeLogGroups',
  failsIf: { path: 'keyArn', op: 'is', value: null },
});
