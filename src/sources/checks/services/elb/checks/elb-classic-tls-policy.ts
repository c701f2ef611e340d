import { defineCheck, failIf } from '../../../catalogue.ts';
import { isEncrypted } from '../collect.ts';
import { CURRENT_CLASSIC_POLICY, OLD_PROTOCOLS } from '../tls-policies.ts';

export const elbClassicTlsPolicy = defineCheck({
  id: 'elb-classic-tls-policy',
  title: 'Classic balancer TLS policy is current',
  service: 'elb',
  depth: 'standard',
  level: 'medium',
  category: 'transit',
  resourceType: 'AWS::ElasticLoadBalancing::LoadBalancer',
  failsWhen:
    'The policy of an HTTPS or SSL listener enables Protocol-SSLv3, TLSv1 or TLSv1.1, or is not made after the predefined ELBSecurityPolicy-TLS-1-2-2017-01. Other listeners get no verdict.',
  remediation: 'Set the predefined policy with TLS 1.2 only.',
  command:
    'aws elb set-load-balancer-policies-of-listener --load-balancer-name NAME --load-balancer-port 443 --policy-names POLICY',
  on: 'elastic-load-balancing:DescribeLoadBalancers',
  needs: ['elastic-load-balancing:DescribeLoadBalancerPolicies'],
  judge({ listeners }, { detail }) {
    const known = detail('elastic-load-balancing:DescribeLoadBalancerPolicies') ?? [];
    return listeners.filter(isEncrypted).map(({ port, policies }) => {
      const policy = known.find(({ name }) => policies.includes(name));
      const old = (policy?.options ?? []).filter((option) => OLD_PROTOCOLS.includes(option));
      const reference = policy?.reference ?? policy?.name ?? null;
      const isOld = reference !== CURRENT_CLASSIC_POLICY || old.length > 0;
      return {
        ...failIf(isOld, { port, policy: policy?.name ?? null, reference, old }),
        subKey: String(port),
      };
    });
  },
});
