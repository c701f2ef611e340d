import type { Certificate } from '../../../../src/sources/checks/services/acm/collect.ts';
import type {
  Balancer,
  BalancerAttributes,
  ClassicBalancer,
  ClassicListener,
  ClassicTlsPolicy,
  Listener,
} from '../../../../src/sources/checks/services/elb/collect.ts';
import type { WebAcl } from '../../../../src/sources/checks/services/wafv2/collect.ts';
import type { Case, Cases } from './case.ts';
import { group, rule } from './ec2.ts';

const balancer = (more: Partial<Balancer> = {}): Balancer => ({
  id: 'lb',
  name: 'web',
  kind: 'application',
  scheme: 'internet-facing',
  groupIds: ['sg-1'],
  zones: 2,
  ...more,
});
const listener = (more: Partial<Listener> = {}): Listener => ({
  id: 'listener',
  name: 'web HTTP:80',
  balancerId: 'lb',
  kind: 'application',
  protocol: 'HTTP',
  port: 80,
  tlsPolicy: null,
  redirectsToTls: false,
  ...more,
});
const classic = (more: Partial<ClassicBalancer> = {}): ClassicBalancer => ({
  id: 'classic',
  name: 'old',
  scheme: 'internet-facing',
  listeners: [],
  ...more,
});
const classicListener = (
  port: number,
  protocol: string,
  more: Partial<ClassicListener> = {},
): ClassicListener => ({
  port,
  protocol,
  certificate: null,
  policies: ['own'],
  ...more,
});

const facing = (what: string, more: Partial<Balancer>, says: string, isOpen = true): Case => ({
  what,
  answers: {
    'elastic-load-balancing-v2:DescribeLoadBalancers': [balancer(more)],
    'ec2:DescribeSecurityGroups': [group(isOpen ? [rule('tcp', 443)] : [])],
  },
  says: [says],
});
const listening = (what: string, more: Partial<Listener>, ...says: string[]): Case => ({
  what,
  answers: { 'elastic-load-balancing-v2:DescribeListeners': [listener(more)] },
  says,
});
const network = (what: string, protocols: string[], ...says: string[]): Case => ({
  what,
  answers: {
    'elastic-load-balancing-v2:DescribeLoadBalancers': [balancer({ kind: 'network' })],
    'elastic-load-balancing-v2:DescribeListeners': protocols.map((protocol) =>
      listener({ id: protocol, kind: 'network', protocol }),
    ),
  },
  says,
});
const policy = (tlsPolicy: string, says: string): Case =>
  listening(tlsPolicy, { protocol: 'HTTPS', tlsPolicy }, says);
const attributes = (what: string, kind: string, given: BalancerAttributes, ...says: string[]): Case => ({
  what,
  answers: {
    'elastic-load-balancing-v2:DescribeLoadBalancers': [balancer({ kind })],
    'elastic-load-balancing-v2:DescribeLoadBalancerAttributes': { lb: given },
  },
  says,
});
const aclWith = (more: Partial<WebAcl>): WebAcl => ({ name: 'acl', ...more }) as WebAcl;
const walled = (what: string, more: Partial<Balancer>, behind: string[], ...says: string[]): Case => ({
  what,
  answers: {
    'elastic-load-balancing-v2:DescribeLoadBalancers': [balancer(more)],
    'wafv2:ListWebACLs': ['a', 'b'].map((id) => aclWith({ id })),
    'wafv2:ListResourcesForWebACL': { a: [], b: behind },
  },
  says,
});
const classicCase = (what: string, listeners: ClassicListener[], ...says: string[]): Case => ({
  what,
  answers: { 'elastic-load-balancing:DescribeLoadBalancers': [classic({ listeners })] },
  says,
});
const classicPolicy = (what: string, known: Partial<ClassicTlsPolicy>[], ...says: string[]): Case => ({
  what,
  answers: {
    'elastic-load-balancing:DescribeLoadBalancers': [
      classic({ listeners: [classicListener(80, 'HTTP'), classicListener(443, 'HTTPS')] }),
    ],
    'elastic-load-balancing:DescribeLoadBalancerPolicies': {
      classic: known.map((one) => ({ name: 'own', reference: null, options: [], ...one })),
    },
  },
  says,
});
const CURRENT = 'ELBSecurityPolicy-TLS-1-2-2017-01';
const certificateWith = (more: Partial<Certificate>): Certificate =>
  ({ name: 'example.org', ...more }) as Certificate;
const certified = (what: string, certificate: string | null, says: string): Case => ({
  what,
  answers: {
    'elastic-load-balancing:DescribeLoadBalancers': [
      classic({ listeners: [classicListener(80, 'HTTP'), classicListener(443, 'SSL', { certificate })] }),
    ],
    'acm:ListCertificates': [
      certificateWith({ id: 'arn:aws:acm:eu-west-1:1:certificate/issued', imported: false }),
      certificateWith({ id: 'arn:aws:acm:eu-west-1:1:certificate/imported', imported: true }),
    ],
  },
  says: [`${says}#443`],
});

export const elbCases: Cases = {
  'elb-internet-facing': [
    facing('open', {}, 'fail'),
    facing('closed by its groups', {}, 'pass', false),
    facing('internal', { scheme: 'internal' }, 'pass'),
    facing('without groups', { kind: 'network', groupIds: null }, 'fail', false),
    facing('a gateway', { kind: 'gateway', scheme: null, groupIds: null }, 'pass'),
    classicCase('Classic', [], 'fail'),
    {
      what: 'Classic, internal',
      answers: { 'elastic-load-balancing:DescribeLoadBalancers': [classic({ scheme: 'internal' })] },
      says: ['pass'],
    },
  ],
  'elb-listener-tls': [
    listening('HTTP', {}, 'fail'),
    listening('HTTP that redirects', { redirectsToTls: true }, 'pass'),
    listening('HTTPS', { protocol: 'HTTPS' }, 'pass'),
    listening('of a gateway', { kind: 'gateway', protocol: 'GENEVE' }),
    network('with TLS', ['TCP', 'TLS'], 'pass'),
    network('without', ['TCP'], 'fail'),
    network('that listens to nothing', []),
  ],
  'elb-tls-policy-weak': [
    ...[
      'ELBSecurityPolicy-TLS-1-2-2017-01',
      'ELBSecurityPolicy-TLS-1-2-Ext-2018-06',
      'ELBSecurityPolicy-FS-1-2-Res-2020-10',
      'ELBSecurityPolicy-TLS13-1-2-2021-06',
      'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      'ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04',
    ].map((name) => policy(name, 'pass')),
    ...[
      'ELBSecurityPolicy-2016-08',
      'ELBSecurityPolicy-TLS-1-1-2017-01',
      'ELBSecurityPolicy-FS-2018-06',
      'ELBSecurityPolicy-FS-1-1-2019-08',
      'ELBSecurityPolicy-TLS13-1-0-2021-06',
      'ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04',
    ].map((name) => policy(name, 'fail')),
    listening('by TLS, with none', { protocol: 'TLS' }, 'fail'),
    listening('by HTTP', {}),
  ],
  'elb-access-logs': [
    attributes('on', 'network', { 'access_logs.s3.enabled': 'true' }, 'pass'),
    attributes('off', 'application', { 'access_logs.s3.enabled': 'false' }, 'fail'),
    attributes('not told', 'application', {}, 'fail'),
    attributes('of a gateway', 'gateway', {}),
  ],
  'elb-deletion-protection': [
    attributes('on', 'gateway', { 'deletion_protection.enabled': 'true' }, 'pass'),
    attributes('off', 'application', { 'deletion_protection.enabled': 'false' }, 'fail'),
  ],
  'elb-desync-mode': [
    attributes('defensive', 'application', { 'routing.http.desync_mitigation_mode': 'defensive' }, 'pass'),
    attributes('strictest', 'application', { 'routing.http.desync_mitigation_mode': 'strictest' }, 'pass'),
    attributes('monitor', 'application', { 'routing.http.desync_mitigation_mode': 'monitor' }, 'fail'),
    attributes('of a network balancer', 'network', {}),
  ],
  'elb-drop-invalid-headers': [
    attributes('on', 'application', { 'routing.http.drop_invalid_header_fields.enabled': 'true' }, 'pass'),
    attributes('off', 'application', { 'routing.http.drop_invalid_header_fields.enabled': 'false' }, 'fail'),
    attributes('of a network balancer', 'network', {}),
  ],
  'elb-multi-az': [1, 2].map((zones) => ({
    what: String(zones),
    answers: { 'elastic-load-balancing-v2:DescribeLoadBalancers': [balancer({ zones })] },
    says: [zones < 2 ? 'fail' : 'pass'],
  })),
  'elb-waf-attached': [
    walled('behind one', {}, ['lb'], 'pass'),
    walled('behind none', {}, ['other'], 'fail'),
    walled('internal', { scheme: 'internal' }, []),
    walled('of a network', { kind: 'network' }, []),
  ],
  'elb-classic-tls': [
    classicCase(
      'each for itself',
      [classicListener(80, 'HTTP'), classicListener(443, 'HTTPS')],
      'fail#80',
      'pass#443',
    ),
    classicCase('SSL', [classicListener(993, 'SSL')], 'pass#993'),
    classicCase('TCP', [classicListener(25, 'TCP')], 'fail#25'),
    classicCase('nothing', [], 'pass'),
  ],
  'elb-classic-tls-policy': [
    classicPolicy('predefined', [{ reference: CURRENT, options: ['Protocol-TLSv1.2'] }], 'pass#443'),
    classicPolicy('an old one', [{ reference: 'ELBSecurityPolicy-2016-08' }], 'fail#443'),
    classicPolicy('of its own', [{ options: ['Protocol-TLSv1.2'] }], 'fail#443'),
    classicPolicy('opened again', [{ reference: CURRENT, options: ['Protocol-TLSv1'] }], 'fail#443'),
    classicPolicy('of another listener', [{ name: 'other', reference: CURRENT }], 'fail#443'),
    classicPolicy('none', [], 'fail#443'),
  ],
  'elb-classic-access-logs': [true, false].map((logs) => ({
    what: String(logs),
    answers: {
      'elastic-load-balancing:DescribeLoadBalancers': [classic()],
      'elastic-load-balancing:DescribeLoadBalancerAttributes': { classic: { logs } },
    },
    says: [logs ? 'pass' : 'fail'],
  })),
  'elb-classic-acm-cert': [
    certified('issued', 'arn:aws:acm:eu-west-1:1:certificate/issued', 'pass'),
    certified('imported', 'arn:aws:acm:eu-west-1:1:certificate/imported', 'fail'),
    certified('of IAM', 'arn:aws:iam::1:server-certificate/old', 'fail'),
    certified('none', null, 'fail'),
  ],
};
