import { defineCheck, failIf, pass } from '../../../catalogue.ts';
import { isEncrypted } from '../collect.ts';

export const elbClassicTls = defineCheck({
  id: 'elb-classic-tls',
  title: 'Classic balancers use TLS listeners',
  service: 'elb',
  depth: 'standard',
  level: 'medium',
  category: 'transit',
  resourceType: 'AWS::ElasticLoadBalancing::LoadBalancer',
  failsWhen:
    "A Classic balancer's listener has a front-end protocol other than HTTPS or SSL. No listener passes.",
  remediation: 'Use HTTPS or SSL listeners, best on an ALB or NLB.',
  command:
    'aws elb create-load-balancer-listeners --load-balancer-name NAME --listeners file://listeners.json',
  on: 'elastic-load-balancing:DescribeLoadBalancers',
  judge({ listeners }) {
    if (listeners.length === 0) return pass({ listeners: 0 });
    return listeners.map((listener) => {
      const { port, protocol } = listener;
      return { ...failIf(!isEncrypted(listener), { port, protocol }), subKey: String(port) };
    });
  },
});
