import type {
  NetworkAcl,
  RouteTable,
  Subnet,
  Vpc,
  VpcEndpoint,
} from '../../../../src/sources/checks/services/vpc/collect.ts';
import { ACCOUNT } from '../support.ts';
import type { Answers } from '../support.ts';
import type { Case, Cases } from './case.ts';
import { networkInterface, stateCases } from './ec2.ts';
import { routeTable, subnet } from './network.ts';

const aclCase = (what: string, more: Partial<NetworkAcl>, ...says: string[]): Case => ({
  what,
  answers: {
    'ec2:DescribeNetworkAcls': [
      {
        id: 'acl',
        aclId: 'acl-1',
        name: null,
        vpcId: 'vpc-1',
        isDefault: false,
        subnetIds: [],
        entries: [],
        ...more,
      },
    ],
  },
  says,
});
const acl = (what: string, entries: [number, boolean, string, number][], says: string): Case =>
  aclCase(
    what,
    {
      entries: entries.map(([number, allow, protocol, port]) => ({
        number,
        allow,
        protocol,
        egress: false,
        range: '0.0.0.0/0',
        fromPort: port,
        toPort: port,
      })),
    },
    says,
  );
const aclCases = (port: number): Case[] => [
  acl(
    'allowed first',
    [
      [200, false, '-1', port],
      [100, true, '6', port],
    ],
    'fail',
  ),
  acl(
    'denied first',
    [
      [200, true, '-1', port],
      [100, false, '6', port],
    ],
    'pass',
  ),
  acl('nothing', [], 'pass'),
];
const vpc = (more: Partial<Vpc> = {}): Vpc => ({
  id: 'vpc',
  vpcId: 'vpc-1',
  name: null,
  isDefault: false,
  ...more,
});
const subnets = (
  what: string,
  given: Partial<Subnet>[],
  tables: Partial<RouteTable>[],
  says: string,
): Case => ({
  what,
  answers: {
    'ec2:DescribeVpcs': [vpc()],
    'ec2:DescribeSubnets': given.map((more, index) =>
      subnet({ id: `subnet-${index}`, subnetId: `subnet-${index + 1}`, ...more }),
    ),
    'ec2:DescribeRouteTables': tables.map((more, index) => routeTable({ id: `rtb-${index}`, ...more })),
  },
  says: [says],
});
const oneSubnet = (what: string, more: Partial<Subnet>, gateway: string, says: string): Case => ({
  what,
  answers: {
    'ec2:DescribeSubnets': [subnet(more)],
    'ec2:DescribeRouteTables': [routeTable({ defaultGateways: [gateway] })],
  },
  says: [says],
});
const peering = (what: string, range: string, says: string, status = 'active'): Case => ({
  what,
  answers: {
    'ec2:DescribeVpcPeeringConnections': [
      {
        id: 'pcx',
        peeringId: 'pcx-1',
        name: null,
        status,
        ranges: ['10.1.0.0/16', '10.2.0.0/16', '2001:db8::/56'],
      },
    ],
    'ec2:DescribeRouteTables': [
      routeTable({ peerings: [{ peeringId: 'pcx-1', range }] }),
      routeTable({ id: 'other', peerings: [{ peeringId: 'pcx-2', range: '0.0.0.0/0' }] }),
    ],
  },
  says: [says],
});
const endpoint = (more: Partial<VpcEndpoint> = {}): VpcEndpoint => ({
  id: 'vpce',
  name: null,
  vpcId: 'vpc-1',
  type: 'Interface',
  serviceName: 'com.amazonaws.eu-west-1.ec2',
  state: 'available',
  policy: null,
  ...more,
});
const policyCase = (
  what: string,
  statement: object | null,
  says: string | null,
  more: Partial<VpcEndpoint> = {},
): Case => ({
  what,
  answers: {
    'ec2:DescribeVpcEndpoints': [
      endpoint({
        policy:
          statement === null
            ? null
            : JSON.stringify({
                Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...statement }],
              }),
        ...more,
      }),
    ],
  },
  says: says === null ? [] : [says],
});
const equals = (key: string, value: string): object => ({ Condition: { StringEquals: { [key]: value } } });
const principals = (what: string, says: string, ...admitted: string[]): Case => ({
  what,
  answers: {
    'ec2:DescribeVpcEndpointServices': [{ id: 'svc', serviceId: 'vpce-svc-1', name: 'orders' }],
    'ec2:DescribeVpcEndpointServicePermissions': {
      svc: admitted.map((principal) => ({ type: 'Account', principal })),
    },
  },
  says: [says],
});
const ec2Endpoint = (what: string, more: Partial<VpcEndpoint> | null, ...says: string[]): Case => ({
  what,
  answers: {
    'ec2:DescribeVpcs': [vpc({ isDefault: says.length === 0 })],
    'ec2:DescribeVpcEndpoints': more === null ? [] : [endpoint(more)],
  },
  says,
});
const tunnels = (what: string, given: string[], ...says: string[]): Case => ({
  what,
  answers: {
    'ec2:DescribeVpnConnections': [
      { id: 'vpn', name: null, state: says.length === 0 ? 'deleted' : 'available', tunnels: given },
    ],
  },
  says,
});
const defaultVpc = (what: string, isDefault: boolean, answers: Answers, ...says: string[]): Case => ({
  what,
  answers: { 'ec2:DescribeVpcs': [vpc({ isDefault })], ...answers },
  says,
});

export const vpcCases: Cases = {
  'vpc-flow-logs': [
    ['ACTIVE', 'SUCCESS', 'vpc-1', 'pass'],
    ['ACTIVE', 'FAILED', 'vpc-1', 'fail'],
    ['ACTIVE', 'SUCCESS', 'subnet-1', 'fail'],
  ].map(([status = '', delivery = '', resourceId = '', says = '']) => ({
    what: `${status}, ${delivery}, of ${resourceId}`,
    answers: {
      'ec2:DescribeVpcs': [vpc()],
      'ec2:DescribeFlowLogs': [{ id: 'fl', resourceId, status, delivery }],
    },
    says: [says],
  })),
  'vpc-nacl-open-ssh': aclCases(22),
  'vpc-nacl-open-rdp': aclCases(3389),
  'vpc-nacl-open-any': [
    acl('everything', [[100, true, '-1', 0]], 'fail'),
    acl(
      'denied before',
      [
        [50, false, '-1', 0],
        [100, true, '-1', 0],
      ],
      'pass',
    ),
    acl('a port', [[100, true, '6', 443]], 'pass'),
  ],
  'vpc-nacl-unused': [
    aclCase('used', { subnetIds: ['subnet-1'] }, 'pass'),
    aclCase('not', {}, 'fail'),
    aclCase('the default one', { isDefault: true }, 'pass'),
  ],
  'vpc-subnet-auto-public-ip': [
    oneSubnet('neither', {}, 'igw-1', 'pass'),
    oneSubnet('IPv4', { givesPublicAddresses: true }, 'nat-1', 'fail'),
    oneSubnet('IPv6, public', { givesIpv6Addresses: true }, 'igw-1', 'fail'),
    oneSubnet('IPv6, private', { givesIpv6Addresses: true }, 'eigw-1', 'pass'),
  ],
  'vpc-subnet-private-public-split': [
    subnets(
      'both',
      [{}, {}],
      [
        { isMain: false, subnetIds: ['subnet-1'], defaultGateways: ['igw-1'] },
        { defaultGateways: ['nat-1'] },
      ],
      'pass',
    ),
    subnets('public ones', [{}, {}], [{ defaultGateways: ['igw-1'] }], 'fail'),
    subnets('private ones', [{}], [{}], 'fail'),
    subnets('none', [], [], 'fail'),
    subnets('of another VPC', [{ vpcId: 'vpc-2' }], [], 'fail'),
  ],
  'vpc-subnet-multi-az': [
    subnets('two zones', [{}, { zone: 'eu-west-1b' }], [], 'pass'),
    subnets('one zone', [{}, {}], [], 'fail'),
    subnets('none', [], [], 'fail'),
  ],
  'vpc-peering-wide-routes': [
    peering('a subnet', '10.2.7.0/24', 'pass'),
    peering('a whole block', '10.2.0.0/16', 'fail'),
    peering('more than a block', '10.0.0.0/8', 'fail'),
    peering('everything', '0.0.0.0/0', 'fail'),
    peering('a block of IPv6', '2001:db8::/56', 'fail'),
    peering('a subnet of IPv6', '2001:db8:0:3::/64', 'pass'),
    peering('everything, no more', '0.0.0.0/0', 'pass', 'deleted'),
  ],
  'vpc-endpoint-policy-open': [
    policyCase('everybody', {}, 'fail'),
    policyCase('the organisation', equals('aws:PrincipalOrgID', 'o-1'), 'pass'),
    policyCase('the account', equals('aws:PrincipalAccount', ACCOUNT), 'pass'),
    policyCase('buckets of the account', equals('aws:ResourceAccount', ACCOUNT), 'pass'),
    policyCase('from the VPC', equals('aws:SourceVpc', 'vpc-1'), 'fail'),
    policyCase('another account', { Principal: { AWS: 'arn:aws:iam::222222222222:root' } }, 'fail'),
    policyCase('roles of the account', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/app` } }, 'pass'),
    policyCase('no JSON', null, 'unknown', { policy: '{' }),
    policyCase('no policy', null, null),
    policyCase('deleted', {}, null, { state: 'deleted' }),
    policyCase('a private service', {}, null, {
      serviceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-1',
    }),
    policyCase('a gateway for balancers', {}, null, { type: 'GatewayLoadBalancer' }),
  ],
  'vpc-endpoint-service-principals': [
    principals('nobody', 'pass'),
    principals('its own', 'pass', `arn:aws:iam::${ACCOUNT}:root`),
    principals('everybody', 'fail', '*'),
    principals('a stranger', 'fail', `arn:aws:iam::${ACCOUNT}:root`, 'arn:aws:iam::222222222222:role/a'),
  ],
  'vpc-ec2-endpoint-present': [
    ec2Endpoint('there', {}, 'pass'),
    ec2Endpoint('not yet', { state: 'pending' }, 'fail'),
    ec2Endpoint('in another VPC', { vpcId: 'vpc-2' }, 'fail'),
    ec2Endpoint('for something else', { serviceName: 'com.amazonaws.eu-west-1.ec2messages' }, 'fail'),
    ec2Endpoint('default, not in use', null),
    defaultVpc('default, in use', true, { 'ec2:DescribeNetworkInterfaces': [networkInterface()] }, 'fail'),
  ],
  'vpc-vpn-tunnels-up': [
    tunnels('both', ['UP', 'UP'], 'pass'),
    tunnels('one', ['UP', 'DOWN'], 'fail'),
    tunnels('nothing known', [], 'fail'),
    tunnels('deleted', ['DOWN']),
  ],
  'vpc-default-vpc-in-use': [
    defaultVpc('used', true, { 'ec2:DescribeNetworkInterfaces': [networkInterface()] }, 'fail'),
    defaultVpc('not', true, { 'ec2:DescribeNetworkInterfaces': [networkInterface({ vpcId: 'b' })] }, 'pass'),
    defaultVpc('another one', false, { 'ec2:DescribeNetworkInterfaces': [networkInterface()] }),
  ],
  'vpc-block-public-access': stateCases('ec2:DescribeVpcBlockPublicAccessOptions', {
    off: 'fail',
    'block-ingress': 'pass',
    'block-bidirectional': 'pass',
  }),
};
