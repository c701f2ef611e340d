import { defineCheck, failIf } from '../../../catalogue.ts';
import { perList } from '../../../per-list.ts';
import type { Certificate } from '../../acm/collect.ts';
import { isEncrypted } from '../collect.ts';

const imported = perList(
  (certificates: readonly Certificate[]) =>
    new Set(certificates.filter((one) => one.imported).map(({ id }) => id)),
);

export const elbClassicAcmCert = defineCheck({
  id: 'elb-classic-acm-cert',
  title: 'Classic balancer uses an ACM certificate',
  service: 'elb',
  depth: 'deep',
  level: 'low',
  category: 'transit',
  resourceType: 'AWS::ElasticLoadBalancing::LoadBalancer',
  failsWhen:
    "An HTTPS or SSL listener's certificate ARN is not one of ACM (arn:…:acm:), or is an imported one. Other listeners get no verdict.",
  remediation: 'Use a certificate that ACM issued.',
  command:
    'aws elb set-load-balancer-listener-ssl-certificate --load-balancer-name NAME --load-balancer-port 443 --ssl-certificate-id ARN',
  on: 'elastic-load-balancing:DescribeLoadBalancers',
  needs: ['acm:ListCertificates'],
  judge({ listeners }, { list }) {
    return listeners.filter(isEncrypted).map(({ port, certificate }) => {
      const isOfAcm = /^arn:[^:]+:acm:/.test(certificate ?? '');
      const isImported = imported(list('acm:ListCertificates')).has(certificate ?? '');
      return { ...failIf(!isOfAcm || isImported, { port, certificate, isImported }), subKey: String(port) };
    });
  },
});
