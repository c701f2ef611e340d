import type {
  GroupRule,
  Instance,
  SecurityGroup,
} from '../../../../src/sources/checks/services/ec2/collect.ts';
import type { Answers } from '../support.ts';
import type { Case, Cases } from './case.ts';

const rule = (
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
const group = (ingress: GroupRule[], more: Partial<SecurityGroup> = {}): SecurityGroup => ({
  id: 'sg',
  groupId: 'sg-1',
  name: 'web',
  vpcId: 'vpc-1',
  ingress,
  egress: [],
  ...more,
});
const groupCase = (what: string, ingress: GroupRule[], says: string): Case => ({
  what,
  answers: { 'ec2:DescribeSecurityGroups': [group(ingress)], 'ec2:DescribeNetworkInterfaces': [] },
  says: [says],
});
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
    'ec2:DescribeSubnets': [{ id: 'subnet', subnetId: 'subnet-1', vpcId: 'vpc-1' }],
    'ec2:DescribeRouteTables': [
      { id: 'rtb', vpcId: 'vpc-1', isMain: true, subnetIds: [], defaultGateways: [gateway] },
    ],
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
const acl = (what: string, entries: [number, boolean, string, number][], says: string): Case => ({
  what,
  answers: {
    'ec2:DescribeNetworkAcls': [
      {
        id: 'acl',
        aclId: 'acl-1',
        name: null,
        vpcId: 'vpc-1',
        isDefault: false,
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
    ],
  },
  says: [says],
});
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
const encrypted = (call: 'ec2:DescribeVolumes' | 'ec2:GetEbsEncryptionByDefault'): Case[] =>
  [true, false].map((is) => ({
    what: String(is),
    answers: { [call]: [{ id: 'v', name: null, encrypted: is }] },
    says: [is ? 'pass' : 'fail'],
  }));

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
  'ec2-ebs-default-encryption': encrypted('ec2:GetEbsEncryptionByDefault'),
  'ec2-ebs-volume-encrypted': encrypted('ec2:DescribeVolumes'),
  'ec2-ebs-snapshot-public': [true, false, null].map((isPublic) => ({
    what: String(isPublic),
    answers: {
      'ec2:DescribeSnapshots': [
        { id: 's', snapshotId: 'snap-1', name: null, maybePublic: isPublic !== null },
      ],
      'ec2:DescribeSnapshotAttribute': { s: isPublic === null ? null : { isPublic } },
    },
    says: [isPublic === true ? 'fail' : 'pass'],
  })),
  'vpc-flow-logs': [
    ['ACTIVE', 'SUCCESS', 'vpc-1', 'pass'],
    ['ACTIVE', 'FAILED', 'vpc-1', 'fail'],
    ['ACTIVE', 'SUCCESS', 'subnet-1', 'fail'],
  ].map(([status = '', delivery = '', resourceId = '', says = '']) => ({
    what: `${status}, ${delivery}, of ${resourceId}`,
    answers: {
      'ec2:DescribeVpcs': [{ id: 'vpc', vpcId: 'vpc-1', name: null }],
      'ec2:DescribeFlowLogs': [{ id: 'fl', resourceId, status, delivery }],
    },
    says: [says],
  })),
  'vpc-nacl-open-ssh': aclCases(22),
  'vpc-nacl-open-rdp': aclCases(3389),
};
