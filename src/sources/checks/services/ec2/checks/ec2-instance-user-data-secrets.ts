import { defineCheck, failIf, unknown } from '../../../catalogue.ts';
import { isGone } from '../collect.ts';

export const ec2InstanceUserDataSecrets = defineCheck({
  id: 'ec2-instance-user-data-secrets',
  title: 'User data carries no secrets',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'secrets',
  resourceType: 'AWS::EC2::Instance',
  failsWhen:
    'The decoded user data (base64, gzip if so) contains a secret. No user data passes; undecodable user data is unknown; terminated instances get no verdict.',
  remediation:
    'Rotate the secret, keep it in Secrets Manager, and read it at start; change user data while stopped.',
  command: 'aws ec2 modify-instance-attribute --instance-id INSTANCE --user-data file://user-data.txt',
  on: 'ec2:DescribeInstances',
  needs: ['ec2:DescribeInstanceAttribute'],
  judge(instance, { detail }) {
    if (isGone(instance)) return null;
    const userData = detail('ec2:DescribeInstanceAttribute');
    if (userData?.isReadable === false) return unknown('The user data cannot be decoded.');
    const secrets = userData?.secrets ?? [];
    return failIf(secrets.length > 0, { secrets });
  },
});
