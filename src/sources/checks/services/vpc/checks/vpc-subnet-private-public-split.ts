import { defineCheck, failIf } from '../../../catalogue.ts';
import { isPublicSubnet } from '../../ec2/reachability.ts';
import { subnetsOf } from '../subnets.ts';

export const vpcSubnetPrivatePublicSplit = defineCheck({
  id: 'vpc-subnet-private-public-split',
  title: 'VPC has both private and public subnets',
  service: 'vpc',
  depth: 'deep',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::EC2::VPC',
  failsWhen:
    'The VPC has no subnet, only public or only private ones (public: a default route to an internet gateway).',
  remediation: 'Put workloads into private subnets behind public ones.',
  on: 'ec2:DescribeVpcs',
  needs: ['ec2:DescribeSubnets', 'ec2:DescribeRouteTables'],
  judge({ vpcId }, { list }) {
    const network = { subnets: list('ec2:DescribeSubnets'), routeTables: list('ec2:DescribeRouteTables') };
    const subnets = subnetsOf(network.subnets, vpcId);
    const open = subnets.filter(({ subnetId }) => isPublicSubnet(subnetId, network)).length;
    const closed = subnets.length - open;
    return failIf(open === 0 || closed === 0, { publicSubnets: open, privateSubnets: closed });
  },
});
