import type { Listener as SdkListener } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  allOf,
  allPartsOf,
  arnOf,
  detailCall,
  listCall,
  readOnce,
  unlessNotConfigured,
} from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface Balancer {
  id: string;
  name: string;
  /** `application`, `network`, `gateway`. */
  kind: string;
  /** `internet-facing`, `internal`; null for gateways. */
  scheme: string | null;
  /** Null for balancers that have none at all. */
  groupIds: readonly string[] | null;
  zones: number;
}

export interface Listener {
  id: string;
  /** `web HTTP:80`. */
  name: string;
  balancerId: string;
  /** Kind of its balancer. */
  kind: string;
  protocol: string;
  port: number | null;
  tlsPolicy: string | null;
  redirectsToTls: boolean;
}

/** What is known by the name of an attribute, e.g. `access_logs.s3.enabled`. */
export type BalancerAttributes = Readonly<Record<string, string>>;

export interface ClassicBalancer {
  id: string;
  name: string;
  scheme: string | null;
  listeners: readonly ClassicListener[];
}

export interface ClassicListener {
  port: number;
  protocol: string;
  certificate: string | null;
  policies: readonly string[];
}

/** How connections are encrypted, by a policy of a Classic balancer. */
export interface ClassicTlsPolicy {
  name: string;
  /** The one of AWS that it is made after. */
  reference: string | null;
  /** What it switches on: `Protocol-TLSv1.2`, and ciphers. */
  options: readonly string[];
}

const PERMISSION = 'elasticloadbalancing';

async function elbv2({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-elastic-load-balancing-v2');
  return { ...sdk, client: clients.of(sdk.ElasticLoadBalancingV2Client, region) };
}

async function elb({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-elastic-load-balancing');
  return { ...sdk, client: clients.of(sdk.ElasticLoadBalancingClient, region) };
}

/** Also what their listeners are asked by. */
const balancersOf = readOnce(async (caller): Promise<Balancer[]> => {
  const { client, paginateDescribeLoadBalancers } = await elbv2(caller);
  const balancers = await allOf(paginateDescribeLoadBalancers({ client }, {}), (page) => page.LoadBalancers);
  return balancers.map((balancer) => ({
    id: balancer.LoadBalancerArn ?? '',
    name: balancer.LoadBalancerName ?? '',
    kind: balancer.Type ?? 'application',
    scheme: balancer.Scheme ?? null,
    groupIds: balancer.SecurityGroups ?? null,
    zones: (balancer.AvailabilityZones ?? []).length,
  }));
});

export const elbCalls = {
  'elastic-load-balancing-v2:DescribeLoadBalancers': listCall<Balancer>({
    where: 'region',
    permissions: [`${PERMISSION}:DescribeLoadBalancers`],
    list: balancersOf,
  }),

  'elastic-load-balancing-v2:DescribeListeners': listCall<Listener>({
    where: 'region',
    sends: ['elastic-load-balancing-v2:DescribeLoadBalancers', 'elastic-load-balancing-v2:DescribeListeners'],
    permissions: [`${PERMISSION}:DescribeLoadBalancers`, `${PERMISSION}:DescribeListeners`],
    async list(caller) {
      const { client, paginateDescribeListeners } = await elbv2(caller);
      return allPartsOf(await balancersOf(caller), async (balancer) => {
        const pages = paginateDescribeListeners({ client }, { LoadBalancerArn: balancer.id });
        // One that has gone in the meantime has none.
        const listeners = await unlessNotConfigured(GONE, () => allOf(pages, (page) => page.Listeners));
        return (listeners ?? []).map((listener) => listenerOf(listener, balancer));
      });
    },
  }),

  'elastic-load-balancing-v2:DescribeLoadBalancerAttributes': detailCall<Balancer, BalancerAttributes>({
    of: 'elastic-load-balancing-v2:DescribeLoadBalancers',
    permissions: [`${PERMISSION}:DescribeLoadBalancerAttributes`],
    async get(caller, { id }) {
      const { client, DescribeLoadBalancerAttributesCommand } = await elbv2(caller);
      const { Attributes = [] } = await client.send(
        new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: id }),
      );
      return Object.fromEntries(Attributes.map(({ Key = '', Value = '' }) => [Key, Value]));
    },
  }),

  'elastic-load-balancing:DescribeLoadBalancers': listCall<ClassicBalancer>({
    where: 'region',
    permissions: [`${PERMISSION}:DescribeLoadBalancers`],
    async list(caller) {
      const { client, paginateDescribeLoadBalancers } = await elb(caller);
      const pages = paginateDescribeLoadBalancers({ client }, {});
      const balancers = await allOf(pages, (page) => page.LoadBalancerDescriptions);
      return balancers.map(({ LoadBalancerName = '', Scheme, ListenerDescriptions = [] }) => ({
        id: arnOf(caller, 'elasticloadbalancing', `loadbalancer/${LoadBalancerName}`),
        name: LoadBalancerName,
        scheme: Scheme ?? null,
        listeners: ListenerDescriptions.map(({ Listener: listener, PolicyNames = [] }) => ({
          port: listener?.LoadBalancerPort ?? 0,
          protocol: (listener?.Protocol ?? '').toUpperCase(),
          certificate: listener?.SSLCertificateId ?? null,
          policies: PolicyNames,
        })),
      }));
    },
  }),

  'elastic-load-balancing:DescribeLoadBalancerPolicies': detailCall<
    ClassicBalancer,
    readonly ClassicTlsPolicy[]
  >({
    of: 'elastic-load-balancing:DescribeLoadBalancers',
    permissions: [`${PERMISSION}:DescribeLoadBalancerPolicies`],
    wanted: ({ listeners }) => listeners.some(isEncrypted),
    async get(caller, { name }) {
      const { client, DescribeLoadBalancerPoliciesCommand } = await elb(caller);
      const { PolicyDescriptions = [] } = await client.send(
        new DescribeLoadBalancerPoliciesCommand({ LoadBalancerName: name }),
      );
      return PolicyDescriptions.filter(({ PolicyTypeName }) => PolicyTypeName === TLS_POLICY).map(
        ({ PolicyName = '', PolicyAttributeDescriptions: attributes = [] }) => ({
          name: PolicyName,
          reference:
            attributes.find(({ AttributeName }) => AttributeName === 'Reference-Security-Policy')
              ?.AttributeValue ?? null,
          options: attributes
            .filter(({ AttributeValue }) => AttributeValue === 'true')
            .map(({ AttributeName = '' }) => AttributeName),
        }),
      );
    },
  }),

  'elastic-load-balancing:DescribeLoadBalancerAttributes': detailCall<ClassicBalancer, { logs: boolean }>({
    of: 'elastic-load-balancing:DescribeLoadBalancers',
    permissions: [`${PERMISSION}:DescribeLoadBalancerAttributes`],
    async get(caller, { name }) {
      const { client, DescribeLoadBalancerAttributesCommand } = await elb(caller);
      const { LoadBalancerAttributes: attributes } = await client.send(
        new DescribeLoadBalancerAttributesCommand({ LoadBalancerName: name }),
      );
      return { logs: attributes?.AccessLog?.Enabled ?? false };
    },
  }),
};

const GONE = ['LoadBalancerNotFoundException', 'LoadBalancerNotFound'];
const TLS_POLICY = 'SSLNegotiationPolicyType';

function listenerOf(listener: SdkListener, balancer: Balancer): Listener {
  const { Protocol = '', Port, SslPolicy, DefaultActions = [] } = listener;
  return {
    id: listener.ListenerArn ?? '',
    name: `${balancer.name} ${Protocol}:${Port}`,
    balancerId: balancer.id,
    kind: balancer.kind,
    protocol: Protocol,
    port: Port ?? null,
    tlsPolicy: SslPolicy ?? null,
    redirectsToTls: DefaultActions.some(
      ({ Type, RedirectConfig }) => Type === 'redirect' && RedirectConfig?.Protocol === 'HTTPS',
    ),
  };
}

/** Whether a listener of a Classic balancer encrypts what it answers. */
export function isEncrypted({ protocol }: Pick<ClassicListener, 'protocol'>): boolean {
  return protocol === 'HTTPS' || protocol === 'SSL';
}
