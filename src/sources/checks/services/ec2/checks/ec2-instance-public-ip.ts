import { defineCheck, failIf } from '../../../catalogue.ts';
import { isGone } from '../collect.ts';

export const ec2InstancePublicIp = defineCheck({
  id: 'ec2-instance-public-ip',
  title: 'Instances have no public address',
  service: 'ec2',
  depth: 'quick',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::EC2::Instance',
  failsWhen:
    'The instance has a public IPv4 address or an Elastic one on any interface. Terminated instances get no verdict; IPv6 addresses are named, not judged.',
  remediation: 'Move it behind a balancer or NAT and take the address away.',
  command: 'aws ec2 disassociate-address --association-id ASSOCIATION',
  on: 'ec2:DescribeInstances',
  judge(instance) {
    const { publicAddresses, ipv6Addresses } = instance;
    if (isGone(instance)) return null;
    return failIf(publicAddresses.length > 0, { publicAddresses, ipv6Addresses });
  },
});
