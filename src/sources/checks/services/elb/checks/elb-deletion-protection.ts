import { defineCheck, failIf } from '../../../catalogue.ts';

export const elbDeletionProtection = defineCheck({
  id: 'elb-deletion-protection',
  title: 'Deletion protection is on',
  service: 'elb',
  depth: 'standard',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  failsWhen: 'deletion_protection.enabled is not true.',
  remediation: 'Turn deletion protection on.',
  command:
    'aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=deletion_protection.enabled,Value=true',
  on: 'elastic-load-balancing-v2:DescribeLoadBalancers',
  needs: ['elastic-load-balancing-v2:DescribeLoadBalancerAttributes'],
  judge(_, { detail }) {
    const value =
      detail('elastic-load-balancing-v2:DescribeLoadBalancerAttributes')?.['deletion_protection.enabled'] ??
      null;
    return failIf(value !== 'true', { 'deletion_protection.enabled': value });
  },
});
