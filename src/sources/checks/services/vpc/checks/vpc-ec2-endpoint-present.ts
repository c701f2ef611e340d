import { defineCheck, failIf } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { NetworkInterface } from '../../ec2/collect.ts';
import type { VpcEndpoint } from '../collect.ts';

const endpointsIn = grouped(({ vpcId }: VpcEndpoint) => vpcId);
const interfacesIn = grouped(({ vpcId }: NetworkInterface) => vpcId);

export const vpcEc2EndpointPresent = defineCheck({
  id: 'vpc-ec2-endpoint-present',
  title: 'VPC has a private endpoint for the EC2 API',
  service: 'vpc',
  depth: 'deep',
  level: 'medium',
  category: 'transit',
  resourceType: 'AWS::EC2::VPC',
  failsWhen:
    'The VPC has no available interface endpoint whose service name ends in .ec2. Default VPCs without a network interface get no verdict.',
  remediation: 'Add an interface endpoint for the EC2 API.',
  command:
    'aws ec2 create-vpc-endpoint --vpc-id VPC --vpc-endpoint-type Interface --service-name com.amazonaws.REGION.ec2 --subnet-ids SUBNET',
  on: 'ec2:DescribeVpcs',
  needs: ['ec2:DescribeVpcEndpoints', 'ec2:DescribeNetworkInterfaces'],
  judge({ vpcId, isDefault }, { list }) {
    const isUsed = interfacesIn(list('ec2:DescribeNetworkInterfaces'), vpcId).length > 0;
    if (isDefault && !isUsed) return null;
    const endpoints = endpointsIn(list('ec2:DescribeVpcEndpoints'), vpcId).filter(
      ({ type, state, serviceName }) =>
        type === 'Interface' && state === 'available' && serviceName.endsWith('.ec2'),
    );
    return failIf(endpoints.length === 0, { endpoints: endpoints.map(({ id }) => id) });
  },
});
