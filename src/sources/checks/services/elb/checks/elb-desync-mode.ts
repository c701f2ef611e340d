import { defineCheck, failIf } from '../../../catalogue.ts';

export const elbDesyncMode = defineCheck({
  id: 'elb-desync-mode',
  title: 'Desync mitigation is defensive or strict',
  service: 'elb',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  failsWhen:
    "An ALB's routing.http.desync_mitigation_mode is monitor. Defensive and strictest pass; NLB get no verdict.",
  remediation: 'Set defensive or strictest.',
  command:
    'aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=routing.http.desync_mitigation_mode,Value=defensive',
  on: 'elastic-load-balancing-v2:DescribeLoadBalancers',
  needs: ['elastic-load-balancing-v2:DescribeLoadBalancerAttributes'],
  judge({ kind }, { detail }) {
    if (kind !== 'application') return null;
    const value =
      detail('elastic-load-balancing-v2:DescribeLoadBalancerAttributes')?.[
        'routing.http.desync_mitigation_mode'
      ] ?? null;
    return failIf(value === 'monitor', { 'routing.http.desync_mitigation_mode': value });
  },
});
