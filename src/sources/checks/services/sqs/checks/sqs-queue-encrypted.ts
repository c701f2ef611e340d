import { defineCheck, failIf } from '../../../catalogue.ts';

export const sqsQueueEncrypted = defineCheck({
  id: 'sqs-queue-encrypted',
  title: 'Queue is encrypted',
  service: 'sqs',
  depth: 'standard',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::SQS::Queue',
  failsWhen: 'The queue has neither KmsMasterKeyId nor SqsManagedSseEnabled true.',
  remediation: 'Turn on managed encryption or set a key.',
  command: 'aws sqs set-queue-attributes --queue-url URL --attributes SqsManagedSseEnabled=true',
  on: 'sqs:ListQueues',
  needs: ['sqs:GetQueueAttributes'],
  judge(_, { detail }) {
    const attributes = detail('sqs:GetQueueAttributes');
    const keyId = attributes?.keyId ?? null;
    const encryptedBySqs = attributes?.encryptedBySqs ?? false;
    return failIf(keyId === null && !encryptedBySqs, { keyId, encryptedBySqs });
  },
});
