import { defineCheck, failIf } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { Listener } from '../collect.ts';

const listenersOf = grouped(({ balancerId }: Listener) => balancerId);

export const elbListenerTls = defineCheck({
  id: 'elb-listener-tls',
  title: 'Listeners use TLS or redirect to it',
  service: 'elb',
  depth: 'quick',
  level: 'medium',
  category: 'transit',
  resourceType: 'AWS::ElasticLoadBalancingV2::Listener',
  failsWhen:
    'An ALB listener is HTTP and its default action does not redirect to HTTPS (rules beside it are not asked for); an NLB, which gets one verdict as a whole, has no listener of protocol TLS. Gateway balancers and balancers without listeners get no verdict.',
  remediation: 'Redirect HTTP to HTTPS; end TLS on the NLB.',
  command: 'aws elbv2 modify-listener --listener-arn LISTENER --default-actions file://redirect.json',
  on: ['elastic-load-balancing-v2:DescribeListeners', 'elastic-load-balancing-v2:DescribeLoadBalancers'],
  judge(subject, { list }) {
    if ('protocol' in subject) {
      const { kind, protocol, redirectsToTls } = subject;
      if (kind !== 'application') return null;
      return failIf(protocol === 'HTTP' && !redirectsToTls, { protocol, redirectsToTls });
    }
    if (subject.kind !== 'network') return null;
    const listeners = listenersOf(list('elastic-load-balancing-v2:DescribeListeners'), subject.id);
    if (listeners.length === 0) return null;
    const protocols = listeners.map(({ protocol, port }) => `${protocol}:${port}`);
    return failIf(!listeners.some(({ protocol }) => protocol === 'TLS'), { protocols });
  },
});
