import type { Cluster } from '../../../../src/sources/checks/services/eks/collect.ts';
import type { Case, Cases } from './case.ts';

const cluster = (what: string, more: Partial<Cluster>, says: string): Case => ({
  what,
  answers: {
    'eks:ListClusters': [{ id: 'eks', name: 'shop' }],
    'eks:DescribeCluster': {
      eks: {
        version: '1.35',
        endpointIsPublic: true,
        endpointIsPrivate: true,
        publicRanges: ['198.51.100.0/24'],
        encryptsSecrets: true,
        logs: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
        groupIds: ['sg-1'],
        deletionProtection: true,
        ...more,
      },
    },
  },
  says: [says],
});

export const eksCases: Cases = {
  'eks-endpoint-public': [
    cluster('from a network', {}, 'pass'),
    cluster('from everywhere', { publicRanges: ['198.51.100.0/24', '0.0.0.0/0'] }, 'fail'),
    cluster('from everywhere, IPv6', { publicRanges: ['::/0'] }, 'fail'),
    cluster('private', { endpointIsPublic: false, publicRanges: ['0.0.0.0/0'] }, 'pass'),
  ],
  'eks-secrets-encrypted': [
    cluster('encrypted', {}, 'pass'),
    cluster('not', { encryptsSecrets: false }, 'fail'),
  ],
  'eks-control-plane-logs': [
    cluster('all', {}, 'pass'),
    cluster('but one', { logs: ['api', 'audit', 'authenticator', 'scheduler'] }, 'fail'),
    cluster('none', { logs: [] }, 'fail'),
  ],
  'eks-version-supported': (
    [
      ['1.9', 'fail'],
      ['1.29', 'fail'],
      ['1.31', 'fail'],
      ['1.33', 'fail'],
      ['1.34', 'pass'],
      ['1.35', 'pass'],
      ['1.99', 'pass'],
    ] as const
  ).map(([version, says]) => cluster(version, { version }, says)),
  'eks-private-nodes': [cluster('private', {}, 'pass'), cluster('not', { endpointIsPrivate: false }, 'fail')],
  'eks-network-policy': [cluster('a group', {}, 'pass'), cluster('none', { groupIds: [] }, 'fail')],
  'eks-deletion-protection': [
    cluster('on', {}, 'pass'),
    cluster('off', { deletionProtection: false }, 'fail'),
    cluster('not told', { deletionProtection: null }, 'unknown'),
  ],
};
