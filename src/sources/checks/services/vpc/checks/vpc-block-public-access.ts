import { defineCheck } from '../../../catalogue.ts';

export const vpcBlockPublicAccess = defineCheck({
  id: 'vpc-block-public-access',
  title: 'VPC block public access is set',
  service: 'vpc',
  depth: 'deep',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::EC2::VPCBlockPublicAccessOptions',
  failsWhen: 'InternetGatewayBlockMode is off.',
  remediation: 'Block internet gateways where nothing needs them.',
  command: 'aws ec2 modify-vpc-block-public-access-options --internet-gateway-block-mode block-ingress',
  on: 'ec2:DescribeVpcBlockPublicAccessOptions',
  failsIf: { path: 'state', op: 'is', value: 'off' },
});
