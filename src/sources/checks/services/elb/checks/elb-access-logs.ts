import { defineCheck, failIf } from '../../../catalogue.ts';

export const elbAccessLogs = defineCheck({
  id: 'elb-access-logs',
  title: 'Balancer writes access logs',
  service: 'elb',
  depth: 'quick',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  failsWhen: 'access_logs.s3.enabled is not true (ALB, NLB). Gateway balancers get no verdict.',
  remediation: 'Write access logs to S3.',
  command:
    'aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=access_logs.s3.enabled,Value=true Key=access_logs.s3.bucket,Value=BUCKET',
  on: 'elastic-load-balancing-v2:DescribeLoadBalancers',
  needs: ['elastic-load-balancing-v2:DescribeLoadBalancerAttributes'],
  judge({ kind }, { detail }) {
    if (kind === 'gateway') return null;
    const value =
      detail('elastic-load-balancing-v2:DescribeLoadBalancerAttributes')?.['access_logs.s3.enabled'] ?? null;
    return failIf(value !== 'true', { 'access_logs.s3.enabled': value });
  },
});
