import { defineCheck, failIf } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { NetworkInterface } from '../../ec2/collect.ts';

const interfacesIn = grouped(({ vpcId }: NetworkInterface) => vpcId);

export const vpcDefaultVpcInUse = defineCheck({
  id: 'vpc-default-vpc-in-use',
  title: 'The default VPC is not in use',
  service: 'vpc',
  depth: 'deep',
  level: 'low',
  category: 'governance',
  resourceType: 'AWS::EC2::VPC',
  failsWhen: 'The default VPC holds at least one network interface. Other VPCs get no verdict.',
  remediation: 'Move the workloads to a VPC of your own and delete the default one.',
  command: 'aws ec2 delete-vpc --vpc-id VPC',
  on: 'ec2:DescribeVpcs',
  needs: ['ec2:DescribeNetworkInterfaces'],
  judge({ vpcId, isDefault }, { list }) {
    const interfaces = interfacesIn(list('ec2:DescribeNetworkInterfaces'), vpcId).length;
    return isDefault ? failIf(interfaces > 0, { interfaces }) : null;
  },
});
