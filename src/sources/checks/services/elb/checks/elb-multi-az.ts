import { defineCheck } from '../../../catalogue.ts';

export const elbMultiAz = defineCheck({
  id: 'elb-multi-az',
  title: 'Balancer spans several zones',
  service: 'elb',
  depth: 'deep',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  failsWhen: 'The balancer has fewer than min availability zones.',
  remediation: 'Add a subnet in another zone.',
  command: 'aws elbv2 set-subnets --load-balancer-arn ARN --subnets SUBNET_A SUBNET_B',
  parameters: { min: 2 },
  on: 'elastic-load-balancing-v2:DescribeLoadBalancers',
  failsIf: { path: 'zones', op: 'below', parameter: 'min' },
});
