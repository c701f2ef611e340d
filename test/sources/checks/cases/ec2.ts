import { gzipSync } from 'node:zlib';
import type {
  GroupRule,
  Instance,
  LaunchTemplateVersion,
  NetworkInterface,
  SecurityGroup,
  Snapshot,
  UsedImage,
  Volume,
} from '../../../../src/sources/checks/services/ec2/collect.ts';
import { userDataOf } from '../../../../src/sources/checks/services/ec2/user-data.ts';
import type { LambdaFunction } from '../../../../src/sources/checks/services/lambda/collect.ts';
import { ACCOUNT, daysAgo } from '../support.ts';
import type { Answers } from '../support.ts';
import type { Case, Cases } from './case.ts';
import { routeTable, subnet } from './network.ts';

export const rule = (
  protocol: string,
  fromPort: number | null,
  toPort = fromPort,
  ranges = ['0.0.0.0/0'],
): GroupRule => ({
  protocol,
  fromPort,
  toPort,
  ranges,
  groups: [],
});
export const group = (ingress: GroupRule[], more: Partial<SecurityGroup> = {}): SecurityGroup => ({
  id: 'sg',
  groupId: 'sg-1',
  name: 'web',
  vpcId: 'vpc-1',
  ingress,
  egress: [],
  ...more,
});
const groupCase = (
  what: string,
  ingress: GroupRule[],
  says: string | null,
  more: Partial<SecurityGroup> = {},
  answers: Answers = {},
): Case => ({
  what,
  answers: {
    'ec2:DescribeSecurityGroups': [group(ingress, more)],
    'ec2:DescribeNetworkInterfaces': [],
    ...answers,
  },
  says: says === null ? [] : [says],
});
const udpCases = (port: number): Case[] => [
  ...portCases(port),
  groupCase('by UDP', [rule('udp', port)], 'fail'),
];
export const networkInterface = (more: Partial<NetworkInterface> = {}): NetworkInterface => ({
  id: 'eni',
  groupIds: ['sg-1'],
  vpcId: 'vpc-1',
  type: 'interface',
  owner: ACCOUNT,
  publicAddresses: [],
  ...more,
});
const fronts = (what: string, says: string, ...interfaces: Partial<NetworkInterface>[]): Case =>
  groupCase(
    what,
    [rule('tcp', 8443)],
    says,
    {},
    {
      'ec2:DescribeNetworkInterfaces': interfaces.map((one, index) =>
        networkInterface({ id: `eni-${index}`, ...one }),
      ),
    },
  );
const portCases = (port: number): Case[] => [
  groupCase('the port', [rule('tcp', port)], 'fail'),
  groupCase('a range, by number and IPv6', [rule('6', port - 1, port + 1, ['::/0'])], 'fail'),
  groupCase('everything', [rule('-1', null)], 'fail'),
  groupCase('another port', [rule('tcp', port + 1)], 'pass'),
  groupCase('from a network', [rule('tcp', port, port, ['10.0.0.0/8'])], 'pass'),
];
const instance = (more: Partial<Instance> = {}): Instance => ({
  id: 'i',
  instanceId: 'i-1',
  name: null,
  state: 'running',
  metadataEndpoint: 'enabled',
  metadataTokens: 'required',
  publicAddresses: ['198.51.100.1'],
  ipv6Addresses: [],
  groupIds: ['sg-1'],
  subnetIds: ['subnet-1'],
  vpcId: 'vpc-1',
  imageId: 'ami-1',
  profile: null,
  launchedAt: daysAgo(10),
  stateSince: null,
  monitoring: 'disabled',
  virtualization: 'hvm',
  interfaceTypes: ['interface'],
  ...more,
});
const instanceCase = (what: string, more: Partial<Instance>, ...says: string[]): Case => ({
  what,
  answers: { 'ec2:DescribeInstances': [instance(more)] },
  says,
});

/** A network with one subnet, whose VPC leads to the internet or not. */
export function network(ingress: GroupRule[], gateway = 'igw-1'): Answers {
  return {
    'ec2:DescribeSecurityGroups': [group(ingress)],
    'ec2:DescribeSubnets': [subnet()],
    'ec2:DescribeRouteTables': [routeTable({ defaultGateways: [gateway] })],
  };
}
const exposed = (
  what: string,
  ingress: GroupRule[],
  says: string,
  more: Partial<Instance> = {},
  gateway?: string,
): Case => ({
  what,
  answers: { 'ec2:DescribeInstances': [instance(more)], ...network(ingress, gateway) },
  says: [says],
});
const exposedCases = (port: number): Case[] => [
  exposed('reached', [rule('tcp', port)], 'fail'),
  exposed('closed', [rule('tcp', 443)], 'pass'),
  exposed('without an address', [rule('tcp', port)], 'pass', { publicAddresses: [] }),
  exposed('in a private subnet', [rule('tcp', port)], 'pass', {}, 'nat-1'),
];
const volume = (more: Partial<Volume> = {}): Volume => ({
  id: 'volume',
  volumeId: 'vol-1',
  name: null,
  encrypted: true,
  state: 'in-use',
  ...more,
});
const volumeCase = (what: string, more: Partial<Volume>, says: string, answers: Answers = {}): Case => ({
  what,
  answers: { 'ec2:DescribeVolumes': [volume(more)], ...answers },
  says: [says],
});
const snapshot = (more: Partial<Snapshot> = {}): Snapshot => ({
  id: 'snapshot',
  snapshotId: 'snap-1',
  name: null,
  volumeId: 'vol-1',
  encrypted: true,
  state: 'completed',
  maybePublic: false,
  ...more,
});
export const stateCases = (
  call:
    | 'ec2:GetInstanceMetadataDefaults'
    | 'ec2:GetImageBlockPublicAccessState'
    | 'ec2:GetSnapshotBlockPublicAccessState'
    | 'ec2:DescribeVpcBlockPublicAccessOptions',
  states: Readonly<Record<string, string>>,
): Case[] =>
  Object.entries(states).map(([state, says]) => ({
    what: state,
    answers: { [call]: [{ id: 'region', state }] },
    says: [says],
  }));
const image = (what: string, more: Partial<UsedImage>, says: string): Case => ({
  what,
  answers: {
    'ec2:DescribeImages:used': [
      { id: 'ami', name: 'base', state: 'there', deprecatedAt: null, instanceIds: ['i-1'], ...more },
    ],
  },
  says: [says],
});
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const SCRIPT = base64('#!/bin/sh\nexport DB_PASSWORD=correct-horse-9\n');
const userData = (what: string, encoded: string | undefined, ...says: string[]): Case => ({
  what,
  answers: {
    'ec2:DescribeInstances': [instance()],
    'ec2:DescribeInstanceAttribute': { i: userDataOf(encoded) },
  },
  says,
});
const template = (what: string, says: string, ...versions: Partial<LaunchTemplateVersion>[]): Case => ({
  what,
  answers: {
    'ec2:DescribeLaunchTemplateVersions': [
      {
        id: 'lt',
        name: 'web',
        versions: versions.map((more, index) => ({
          number: index + 1,
          isDefault: index === 0,
          assignsPublicAddress: false,
          metadataEndpoint: 'enabled',
          metadataTokens: 'required',
          userData: null,
          ...more,
        })),
      },
    ],
  },
  says: [says],
});
const managed = (what: string, pings: string[], more: Partial<Instance>, ...says: string[]): Case => ({
  what,
  answers: {
    'ec2:DescribeInstances': [instance(more)],
    'ssm:DescribeInstanceInformation': pings.map((pingStatus) => ({
      id: 'managed',
      instanceId: 'i-1',
      pingStatus,
    })),
  },
  says,
});
const gateway = (what: string, more: object, ...says: string[]): Case => ({
  what,
  answers: {
    'ec2:DescribeTransitGateways': [
      { id: 'tgw', name: null, ownerId: ACCOUNT, state: 'available', acceptsByItself: true, ...more },
    ],
  },
  says,
});
const functionWith = (more: Partial<LambdaFunction>): LambdaFunction =>
  ({ id: 'f', name: 'f', ...more }) as LambdaFunction;
const vpn = (what: string, status: string, logsConnections: boolean, ...says: string[]): Case => ({
  what,
  answers: { 'ec2:DescribeClientVpnEndpoints': [{ id: 'cvpn', name: null, status, logsConnections }] },
  says,
});

export const ec2Cases: Cases = {
  'ec2-sg-open-all': [
    groupCase('everything', [rule('-1', null)], 'fail'),
    groupCase('all of TCP', [rule('tcp', 0, 65_535)], 'fail'),
    groupCase('a port', [rule('tcp', 443)], 'pass'),
    groupCase('everything, from a network', [rule('-1', null, null, ['10.0.0.0/8'])], 'pass'),
  ],
  'ec2-sg-open-ssh': portCases(22),
  'ec2-sg-open-rdp': [...portCases(3389), groupCase('by UDP', [rule('udp', 3389)], 'fail')],
  'ec2-sg-open-high-risk-ports': [
    groupCase('one of them', [rule('tcp', 8088)], 'fail'),
    groupCase('HTTPS', [rule('tcp', 443)], 'pass'),
  ],
  'ec2-sg-default-has-rules': [
    {
      what: 'another group',
      answers: { 'ec2:DescribeSecurityGroups': [group([rule('-1', null)])] },
      says: [],
    },
    {
      what: 'without',
      answers: { 'ec2:DescribeSecurityGroups': [group([], { name: 'default' })] },
      says: ['pass'],
    },
    {
      what: 'one that lets out',
      answers: { 'ec2:DescribeSecurityGroups': [group([], { name: 'default', egress: [rule('-1', null)] })] },
      says: ['fail'],
    },
  ],
  'ec2-instance-imdsv2': [
    instanceCase('required', {}, 'pass'),
    instanceCase('optional', { metadataTokens: 'optional' }, 'fail'),
    instanceCase('off', { metadataTokens: 'optional', metadataEndpoint: 'disabled' }, 'pass'),
    instanceCase('terminated', { metadataTokens: 'optional', state: 'terminated' }),
  ],
  'ec2-instance-public-ip': [
    instanceCase('with', {}, 'fail'),
    instanceCase('without', { publicAddresses: [], ipv6Addresses: ['2001:db8::1'] }, 'pass'),
  ],
  'ec2-instance-admin-port-exposed': exposedCases(22),
  'ec2-instance-data-port-exposed': exposedCases(5432),
  'ec2-ami-public': [true, false].map((isPublic) => ({
    what: String(isPublic),
    answers: { 'ec2:DescribeImages': [{ id: 'ami', name: 'golden', isPublic }] },
    says: [isPublic ? 'fail' : 'pass'],
  })),
  'ec2-ebs-default-encryption': [true, false].map((encrypted) => ({
    what: String(encrypted),
    answers: { 'ec2:GetEbsEncryptionByDefault': [{ id: 'defaults', encrypted }] },
    says: [encrypted ? 'pass' : 'fail'],
  })),
  'ec2-ebs-volume-encrypted': [
    volumeCase('encrypted', {}, 'pass'),
    volumeCase('not', { encrypted: false }, 'fail'),
  ],
  'ec2-ebs-snapshot-public': [true, false, null].map((isPublic) => ({
    what: String(isPublic),
    answers: {
      'ec2:DescribeSnapshots': [snapshot({ id: 's', maybePublic: isPublic !== null })],
      'ec2:DescribeSnapshotAttribute': { s: isPublic === null ? null : { isPublic } },
    },
    says: [isPublic === true ? 'fail' : 'pass'],
  })),
  'ec2-sg-open-any-port': [
    groupCase('the web', [rule('tcp', 80), rule('tcp', 443)], 'pass'),
    groupCase('a range around it', [rule('tcp', 80, 81)], 'fail'),
    groupCase('everything', [rule('-1', null)], 'fail'),
    groupCase('ICMP', [rule('icmp', 8, 0)], 'pass'),
    groupCase('from a network', [rule('tcp', 22, 22, ['10.0.0.0/8'])], 'pass'),
    fronts('of a balancer', 'pass', { owner: 'amazon-elb' }),
    fronts('of an endpoint', 'pass', { type: 'vpc_endpoint' }),
    fronts('of a balancer and an instance', 'fail', { owner: 'amazon-elb' }, {}),
  ],
  'ec2-sg-open-mysql': portCases(3306),
  'ec2-sg-open-postgres': portCases(5432),
  'ec2-sg-open-mssql': [
    ...udpCases(1434),
    groupCase('by UDP, another', [rule('udp', 1433)], 'pass'),
    groupCase('the first', [rule('tcp', 1433)], 'fail'),
  ],
  'ec2-sg-open-oracle': [...portCases(1521), groupCase('with TLS', [rule('tcp', 2484)], 'fail')],
  'ec2-sg-open-mongodb': portCases(27_018),
  'ec2-sg-open-redis': portCases(6379),
  'ec2-sg-open-memcached': udpCases(11_211),
  'ec2-sg-open-search': portCases(9300),
  'ec2-sg-open-kafka': portCases(9092),
  'ec2-sg-open-cassandra': portCases(9160),
  'ec2-sg-open-ftp': portCases(21),
  'ec2-sg-open-telnet': portCases(23),
  'ec2-sg-open-icmp': [
    groupCase('all of it', [rule('icmp', -1)], 'fail'),
    groupCase('by number, IPv6', [rule('58', null, null, ['::/0'])], 'fail'),
    groupCase('everything', [rule('-1', null)], 'fail'),
    groupCase('TCP', [rule('tcp', 443)], 'pass'),
    groupCase('from a network', [rule('icmp', -1, -1, ['10.0.0.0/8'])], 'pass'),
  ],
  'ec2-sg-wide-public-range': [
    ...(
      [
        ['8.0.0.0/8', 'fail'],
        ['52.94.0.0/23', 'fail'],
        ['52.94.1.0/24', 'pass'],
        ['0.0.0.0/0', 'pass'],
        ['10.0.0.0/8', 'pass'],
        ['100.64.0.0/11', 'pass'],
        ['172.0.0.0/8', 'fail'],
        ['2600::/12', 'pass'],
      ] as const
    ).map(([range, says]) => groupCase(range, [rule('tcp', 443, 443, [range])], says)),
    groupCase('that lets out', [], 'fail', { egress: [rule('-1', null, null, ['3.0.0.0/9'])] }),
  ],
  'ec2-sg-unused': [
    groupCase('nobody', [{ ...rule('tcp', 1), groups: ['sg-1'] }], 'fail'),
    groupCase('by an interface', [], 'pass', {}, { 'ec2:DescribeNetworkInterfaces': [networkInterface()] }),
    groupCase(
      'by another interface',
      [],
      'fail',
      {},
      {
        'ec2:DescribeNetworkInterfaces': [networkInterface({ groupIds: ['sg-2'] })],
      },
    ),
    groupCase(
      'by a function',
      [],
      'pass',
      {},
      {
        'lambda:ListFunctions': [functionWith({ groupIds: ['sg-1'] })],
      },
    ),
    groupCase('the default one', [], null, { name: 'default' }),
    {
      what: 'by another group',
      answers: {
        'ec2:DescribeSecurityGroups': [
          group([]),
          group([], { id: 'z', groupId: 'sg-2', egress: [{ ...rule('tcp', 1), groups: ['sg-1'] }] }),
        ],
      },
      says: ['pass', 'fail'],
    },
  ],
  'ec2-sg-launch-wizard': [
    groupCase('made by the wizard', [], 'fail', { name: 'launch-wizard-12' }),
    groupCase('of its own', [], 'pass'),
  ],
  'ec2-sg-too-many-rules': [
    groupCase('at most', Array<GroupRule>(50).fill(rule('tcp', 1)), 'pass'),
    groupCase('more', Array<GroupRule>(51).fill(rule('tcp', 1)), 'fail'),
    groupCase('more that let out', [], 'fail', { egress: Array<GroupRule>(51).fill(rule('tcp', 1)) }),
  ],
  'ec2-account-imdsv2-default': stateCases('ec2:GetInstanceMetadataDefaults', {
    required: 'pass',
    optional: 'fail',
    'no-preference': 'fail',
  }),
  'ec2-instance-public-with-profile': [
    instanceCase('both', { profile: 'arn' }, 'fail'),
    instanceCase('no profile', {}, 'pass'),
    instanceCase('no address', { profile: 'arn', publicAddresses: [] }, 'pass'),
    instanceCase('terminated', { profile: 'arn', state: 'shutting-down' }),
  ],
  'ec2-instance-profile': [
    instanceCase('with', { profile: 'arn' }, 'pass'),
    instanceCase('without', {}, 'fail'),
    instanceCase('terminated', { state: 'terminated' }),
  ],
  'ec2-instance-user-data-secrets': [
    userData('none', undefined, 'pass'),
    userData('harmless', base64('#!/bin/sh\nyum -y install httpd\n'), 'pass'),
    userData('with a password', SCRIPT, 'fail'),
    userData('packed', gzipSync(Buffer.from(SCRIPT, 'base64')).toString('base64'), 'fail'),
    userData('no text', Buffer.from([0x80, 0xff, 0x00]).toString('base64'), 'unknown'),
    userData('a broken package', Buffer.from([0x1f, 0x8b, 0x00]).toString('base64'), 'unknown'),
    {
      what: 'terminated',
      answers: { 'ec2:DescribeInstances': [instance({ state: 'terminated' })] },
      says: [],
    },
  ],
  'ec2-instance-old': [
    instanceCase('on the last day', { launchedAt: daysAgo(180) }, 'pass'),
    instanceCase('a day later', { launchedAt: daysAgo(181) }, 'fail'),
    instanceCase('stopped', { launchedAt: daysAgo(999), state: 'stopped' }, 'pass'),
    instanceCase('without a time', { launchedAt: null }, 'unknown'),
    instanceCase('terminated', { launchedAt: daysAgo(999), state: 'terminated' }, 'pass'),
  ],
  'ec2-instance-stopped-long': [
    instanceCase('running', { stateSince: daysAgo(99) }, 'pass'),
    instanceCase('stopped lately', { state: 'stopped', stateSince: daysAgo(30) }, 'pass'),
    instanceCase('stopped long ago', { state: 'stopped', stateSince: daysAgo(31) }, 'fail'),
    instanceCase('stopped at some time', { state: 'stopped' }, 'unknown'),
  ],
  'ec2-instance-monitoring': [
    instanceCase('off', {}, 'fail'),
    instanceCase('on', { monitoring: 'enabled' }, 'pass'),
    instanceCase('coming', { monitoring: 'pending' }, 'pass'),
    instanceCase('terminated', { state: 'terminated' }),
  ],
  'ec2-instance-ssm-managed': [
    managed('online', ['Online'], {}, 'pass'),
    managed('lost', ['ConnectionLost'], {}, 'fail'),
    managed('not at all', [], {}, 'fail'),
    managed('stopped', [], { state: 'stopped' }),
  ],
  'ec2-instance-paravirtual': [
    instanceCase('hvm', {}, 'pass'),
    instanceCase('paravirtual', { virtualization: 'paravirtual' }, 'fail'),
  ],
  'ec2-instance-multi-eni': [
    instanceCase('one', {}, 'pass'),
    instanceCase('two', { interfaceTypes: ['interface', 'efa'] }, 'fail'),
    instanceCase('one and one that AWS manages', { interfaceTypes: ['interface', 'branch'] }, 'pass'),
  ],
  'ec2-ami-block-public': stateCases('ec2:GetImageBlockPublicAccessState', {
    'block-new-sharing': 'pass',
    unblocked: 'fail',
  }),
  'ec2-ami-outdated': [
    image('supported', { deprecatedAt: daysAgo(-30) }, 'pass'),
    image('for ever', {}, 'pass'),
    image('deprecated', { deprecatedAt: daysAgo(1) }, 'fail'),
    image('gone', { state: 'gone' }, 'fail'),
    image("somebody else's", { state: 'hidden' }, 'unknown'),
  ],
  'ec2-ebs-snapshot-encrypted': [true, false].map((encrypted) => ({
    what: String(encrypted),
    answers: { 'ec2:DescribeSnapshots': [snapshot({ encrypted })] },
    says: [encrypted ? 'pass' : 'fail'],
  })),
  'ec2-ebs-snapshot-block-public': stateCases('ec2:GetSnapshotBlockPublicAccessState', {
    'block-all-sharing': 'pass',
    'block-new-sharing': 'fail',
    unblocked: 'fail',
  }),
  'ec2-ebs-volume-has-snapshot': [
    volumeCase('with', {}, 'pass', { 'ec2:DescribeSnapshots': [snapshot()] }),
    volumeCase('of another', {}, 'fail', { 'ec2:DescribeSnapshots': [snapshot({ volumeId: 'vol-2' })] }),
    volumeCase('not yet', {}, 'fail', { 'ec2:DescribeSnapshots': [snapshot({ state: 'pending' })] }),
    volumeCase('without', {}, 'fail'),
  ],
  'ec2-ebs-volume-backup-plan': [
    volumeCase('with', {}, 'pass', { 'backup:ListProtectedResources': [{ id: 'volume' }] }),
    volumeCase('of another', {}, 'fail', { 'backup:ListProtectedResources': [{ id: 'another' }] }),
  ],
  'ec2-ebs-volume-unattached': [
    volumeCase('attached', {}, 'pass'),
    volumeCase('not', { state: 'available' }, 'fail'),
  ],
  'ec2-eip-unused': [true, false].map((inUse) => ({
    what: String(inUse),
    answers: { 'ec2:DescribeAddresses': [{ id: 'eip', name: '198.51.100.1', inUse }] },
    says: [inUse ? 'pass' : 'fail'],
  })),
  'ec2-launch-template-public-ip': [
    template('none', 'pass', {}),
    template('the latest one', 'fail', {}, { assignsPublicAddress: true }),
  ],
  'ec2-launch-template-imdsv2': [
    template('required', 'pass', {}, {}),
    template('left open by the default one', 'fail', { metadataTokens: 'optional' }, {}),
    template('off', 'pass', { metadataEndpoint: 'disabled', metadataTokens: 'optional' }),
  ],
  'ec2-launch-template-secrets': [
    template('none', 'pass', {}, { userData: userDataOf(base64('echo hello')) }),
    template('a password', 'fail', { userData: userDataOf(SCRIPT) }, { userData: userDataOf('gA==') }),
    template('no text', 'unknown', {}, { userData: userDataOf('gA==') }),
  ],
  'ec2-tgw-auto-accept': [
    gateway('accepts', {}, 'fail'),
    gateway('does not', { acceptsByItself: false }, 'pass'),
    gateway("somebody else's", { ownerId: '222222222222' }, 'pass'),
    gateway('deleted', { state: 'deleted' }, 'pass'),
  ],
  'ec2-client-vpn-logging': [
    vpn('logs', 'available', true, 'pass'),
    vpn('does not', 'pending-associate', false, 'fail'),
    vpn('on its way', 'deleting', false),
  ],
};
