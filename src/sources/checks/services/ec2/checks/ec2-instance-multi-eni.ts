import { defineCheck, failIf } from '../../../catalogue.ts';

const COUNTED = ['interface', 'efa', 'trunk'];

export const ec2InstanceMultiEni = defineCheck({
  id: 'ec2-instance-multi-eni',
  title: 'Instances use one network interface',
  service: 'ec2',
  depth: 'deep',
  level: 'low',
  category: 'public',
  resourceType: 'AWS::EC2::Instance',
  failsWhen:
    'More than one interface of type interface, efa or trunk is attached. Interfaces that the CNI of EKS attaches to its nodes are counted too.',
  remediation: 'Detach interfaces that bridge networks.',
  command: 'aws ec2 detach-network-interface --attachment-id ATTACHMENT',
  on: 'ec2:DescribeInstances',
  judge({ interfaceTypes }) {
    const interfaces = interfaceTypes.filter((type) => COUNTED.includes(type));
    return failIf(interfaces.length > 1, { interfaces });
  },
});
