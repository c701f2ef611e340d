import { defineCheck, failIf } from '../../../catalogue.ts';
import { isCurrentPolicy } from '../tls-policies.ts';

export const elbTlsPolicyWeak = defineCheck({
  id: 'elb-tls-policy-weak',
  title: 'TLS policy is current',
  service: 'elb',
  depth: 'standard',
  level: 'medium',
  category: 'transit',
  resourceType: 'AWS::ElasticLoadBalancingV2::Listener',
  failsWhen:
    "An HTTPS or TLS listener's SslPolicy still offers TLS 1.0 or 1.1: it is outside the list of policies with TLS 1.2 as minimum (ELBSecurityPolicy-TLS-1-2-*, -FS-1-2-*, -TLS13-1-2-*, -TLS13-1-3-* with their FIPS and PQ forms). ELBSecurityPolicy-2016-08 fails.",
  remediation: 'Use a policy with TLS 1.2 as minimum.',
  command:
    'aws elbv2 modify-listener --listener-arn LISTENER --ssl-policy ELBSecurityPolicy-TLS13-1-2-2021-06',
  on: 'elastic-load-balancing-v2:DescribeListeners',
  judge({ protocol, tlsPolicy }) {
    if (protocol !== 'HTTPS' && protocol !== 'TLS') return null;
    return failIf(!isCurrentPolicy(tlsPolicy ?? ''), { protocol, tlsPolicy });
  },
});
