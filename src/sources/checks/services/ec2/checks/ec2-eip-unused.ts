import { defineCheck } from '../../../catalogue.ts';

export const ec2EipUnused = defineCheck({
  id: 'ec2-eip-unused',
  title: 'Elastic addresses are in use',
  service: 'ec2',
  depth: 'deep',
  level: 'low',
  category: 'governance',
  resourceType: 'AWS::EC2::EIP',
  failsWhen: 'The address has neither AssociationId nor InstanceId nor NetworkInterfaceId.',
  remediation: 'Release the address.',
  command: 'aws ec2 release-address --allocation-id ALLOCATION',
  on: 'ec2:DescribeAddresses',
  failsIf: { path: 'inUse', op: 'is', value: false },
});
