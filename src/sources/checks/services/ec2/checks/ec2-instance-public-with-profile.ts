import { defineCheck, failIf } from '../../../catalogue.ts';
import { isGone } from '../collect.ts';

export const ec2InstancePublicWithProfile = defineCheck({
  id: 'ec2-instance-public-with-profile',
  title: 'Internet-facing instances carry no role',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::Instance',
  failsWhen:
    'The instance has both a public address and an instance profile. Terminated instances get no verdict.',
  remediation: 'Put a load balancer in front and take the public address away, or narrow the role.',
  command:
    'aws ec2 modify-instance-metadata-options --instance-id INSTANCE --http-tokens required --http-put-response-hop-limit 1',
  on: 'ec2:DescribeInstances',
  judge(instance) {
    const { publicAddresses, profile } = instance;
    if (isGone(instance)) return null;
    return failIf(publicAddresses.length > 0 && profile !== null, { publicAddresses, profile });
  },
});
