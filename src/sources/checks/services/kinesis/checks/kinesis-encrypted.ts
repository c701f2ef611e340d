import { defineCheck, failIf } from '../../../catalogue.ts';

export const kinesisEncrypted = defineCheck({
  id: 'kinesis-encrypted',
  title: 'Streams are encrypted',
  service: 'kinesis',
  depth: 'standard',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::Kinesis::Stream',
  failsWhen: 'EncryptionType is not KMS.',
  remediation: 'Encrypt the stream.',
  command:
    'aws kinesis start-stream-encryption --stream-name STREAM --encryption-type KMS --key-id alias/aws/kinesis',
  on: 'kinesis:ListStreams',
  needs: ['kinesis:DescribeStreamSummary'],
  judge(_, { detail }) {
    const encryption = detail('kinesis:DescribeStreamSummary')?.encryption;
    return failIf(encryption !== 'KMS', { encryption });
  },
});
