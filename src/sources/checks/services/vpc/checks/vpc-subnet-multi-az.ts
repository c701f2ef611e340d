import { defineCheck, failIf } from '../../../catalogue.ts';
import { subnetsOf } from '../subnets.ts';

export const vpcSubnetMultiAz = defineCheck({
  id: 'vpc-subnet-multi-az',
  title: 'Subnets span several zones',
  service: 'vpc',
  depth: 'deep',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::EC2::VPC',
  failsWhen: 'The VPC has no subnet, or all of them lie in one availability zone.',
  remediation: 'Add subnets in another zone.',
  command: 'aws ec2 create-subnet --vpc-id VPC --availability-zone ZONE --cidr-block CIDR',
  on: 'ec2:DescribeVpcs',
  needs: ['ec2:DescribeSubnets'],
  judge({ vpcId }, { list }) {
    const zones = [
      ...new Set(subnetsOf(list('ec2:DescribeSubnets'), vpcId).map(({ zone }) => zone)),
    ].toSorted();
    return failIf(zones.length < 2, { zones });
  },
});
