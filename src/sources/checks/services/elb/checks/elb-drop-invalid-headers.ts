import { defineCheck, failIf } from '../../../catalogue.ts';

export const elbDropInvalidHeaders = defineCheck({
  id: 'elb-drop-invalid-headers',
  title: 'Invalid headers are dropped',
  service: 'elb',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  failsWhen: "An ALB's routing.http.drop_invalid_header_fields.enabled is not true.",
  remediation: 'Drop invalid headers.',
  command:
    'aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=routing.http.drop_invalid_header_fields.enabled,Value=true',
  on: 'elastic-load-balancing-v2:DescribeLoadBalancers',
  needs: ['elastic-load-balancing-v2:DescribeLoadBalancerAttributes'],
  judge({ kind }, { detail }) {
    if (kind !== 'application') return null;
    const value =
      detail('elastic-load-balancing-v2:DescribeLoadBalancerAttributes')?.[
        'routing.http.drop_invalid_header_fields.enabled'
      ] ?? null;
    return failIf(value !== 'true', { 'routing.http.drop_invalid_header_fields.enabled': value });
  },
});
