import { defineCheck, failIf } from '../../../catalogue.ts';
import { isPublicSubnet } from '../../ec2/reachability.ts';

export const vpcSubnetAutoPublicIp = defineCheck({
  id: 'vpc-subnet-auto-public-ip',
  title: 'Subnets do not give out public addresses',
  service: 'vpc',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::EC2::Subnet',
  failsWhen:
    'MapPublicIpOnLaunch is true (or AssignIpv6AddressOnCreation in a public subnet). Subnets of the default VPC are judged.',
  remediation: 'Turn automatic public addresses off.',
  command: 'aws ec2 modify-subnet-attribute --subnet-id SUBNET --no-map-public-ip-on-launch',
  on: 'ec2:DescribeSubnets',
  needs: ['ec2:DescribeRouteTables'],
  judge({ subnetId, vpcId, givesPublicAddresses, givesIpv6Addresses }, { list }) {
    const isPublic = isPublicSubnet(subnetId, {
      subnets: list('ec2:DescribeSubnets'),
      routeTables: list('ec2:DescribeRouteTables'),
    });
    return failIf(givesPublicAddresses || (givesIpv6Addresses && isPublic), {
      givesPublicAddresses,
      givesIpv6Addresses,
      isPublic,
      vpcId,
    });
  },
});
