import { defineCheck, failIf } from '../../../catalogue.ts';

export const snsTopicEncrypted = defineCheck({
  id: 'sns-topic-encrypted',
  title: 'Topic is encrypted with KMS',
  service: 'sns',
  depth: 'standard',
  level: 'high',
  category: 'rest',
  resourceType: 'AWS::SNS::Topic',
  failsWhen: 'KmsMasterKeyId is absent.',
  remediation: 'Set a KMS key (publishers need rights on it).',
  command:
    'aws sns set-topic-attributes --topic-arn TOPIC --attribute-name KmsMasterKeyId --attribute-value KEY',
  on: 'sns:ListTopics',
  needs: ['sns:GetTopicAttributes'],
  judge(_, { detail }) {
    const keyId = detail('sns:GetTopicAttributes')?.keyId ?? null;
    return failIf(keyId === null, { keyId });
  },
});
