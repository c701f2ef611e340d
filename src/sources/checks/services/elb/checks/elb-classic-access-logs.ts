import { defineCheck, failIf } from '../../../catalogue.ts';

export const elbClassicAccessLogs = defineCheck({
  id: 'elb-classic-access-logs',
  title: 'Classic balancer writes access logs',
  service: 'elb',
  depth: 'standard',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::ElasticLoadBalancing::LoadBalancer',
  failsWhen: 'AccessLog.Enabled is false.',
  remediation: 'Write access logs to S3.',
  command:
    'aws elb modify-load-balancer-attributes --load-balancer-name NAME --load-balancer-attributes file://attributes.json',
  on: 'elastic-load-balancing:DescribeLoadBalancers',
  needs: ['elastic-load-balancing:DescribeLoadBalancerAttributes'],
  judge: (_, { detail }) =>
    failIf(detail('elastic-load-balancing:DescribeLoadBalancerAttributes')?.logs !== true),
});
