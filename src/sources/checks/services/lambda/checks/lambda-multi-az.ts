import { defineCheck, failIf } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { Subnet } from '../../vpc/collect.ts';

const subnetsById = grouped(({ subnetId }: Subnet) => subnetId);

export const lambdaMultiAz = defineCheck({
  id: 'lambda-multi-az',
  title: 'VPC functions span zones',
  service: 'lambda',
  depth: 'deep',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::Lambda::Function',
  failsWhen:
    'A function in a VPC has subnets in fewer than min zones. Outside a VPC: no verdict; a subnet that cannot be found is left out of the count.',
  remediation: 'Give it subnets in two zones.',
  command:
    'aws lambda update-function-configuration --function-name FUNCTION --vpc-config SubnetIds=SUBNET_A,SUBNET_B,SecurityGroupIds=GROUP',
  parameters: { min: 2 },
  on: 'lambda:ListFunctions',
  needs: ['ec2:DescribeSubnets'],
  judge({ vpcId, subnetIds }, { list, parameters }) {
    if (vpcId === null) return null;
    const subnets = subnetIds.flatMap((subnet) => subnetsById(list('ec2:DescribeSubnets'), subnet));
    const zones = [...new Set(subnets.map(({ zone }) => zone))];
    return failIf(zones.length < parameters.min, { zones });
  },
});
