import type { Trail } from '../../../../src/sources/checks/services/cloudtrail/collect.ts';
import type { KeyDescription } from '../../../../src/sources/checks/services/kms/collect.ts';
import type { DbInstance } from '../../../../src/sources/checks/services/rds/collect.ts';
import { ACCOUNT, REGION } from '../support.ts';
import type { Case, Cases } from './case.ts';
import { network } from './ec2.ts';
import { bucketAnswers } from './s3.ts';
import type { BucketState } from './s3.ts';

const trail = (more: Partial<Trail> = {}): Trail => ({
  id: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/main`,
  name: 'main',
  homeRegion: REGION,
  isHome: true,
  multiRegion: true,
  validation: true,
  kmsKeyId: 'key',
  bucket: 'assets',
  ...more,
});
const ofTrail = (what: string, more: Partial<Trail>, ...says: string[]): Case => ({
  what,
  answers: { 'cloudtrail:DescribeTrails': [trail(more)] },
  says,
});
const recording = (what: string, logging: boolean, allManagementEvents: boolean, says: string): Case => ({
  what,
  answers: {
    'cloudtrail:DescribeTrails': [trail({ isHome: false })],
    'cloudtrail:GetTrailStatus': { [trail().id]: { logging } },
    'cloudtrail:GetEventSelectors': { [trail().id]: { allManagementEvents } },
  },
  says: [says],
});
const trailBucket = (what: string, more: Partial<Trail>, state: BucketState, ...says: string[]): Case => ({
  what,
  answers: { 'cloudtrail:DescribeTrails': [trail(more)], ...bucketAnswers(state) },
  says,
});

const instance = (more: Partial<DbInstance> = {}): DbInstance => ({
  id: 'db',
  name: 'orders',
  cluster: null,
  isReplica: false,
  publiclyAccessible: true,
  encrypted: true,
  backupDays: 7,
  port: 5432,
  groupIds: ['sg-1'],
  subnetIds: ['subnet-1'],
  ...more,
});
const database = (what: string, more: Partial<DbInstance>, ...says: string[]): Case => ({
  what,
  answers: { 'rds:DescribeDBInstances': [instance(more)] },
  says,
});
const OPEN = [{ protocol: 'tcp', fromPort: 5432, toPort: 5432, ranges: ['0.0.0.0/0'], groups: [] }];
const reached = (what: string, more: Partial<DbInstance>, ingress: typeof OPEN, ...says: string[]): Case => ({
  what,
  answers: { 'rds:DescribeDBInstances': [instance(more)], ...network(ingress) },
  says,
});
const snapshots = (what: string, manual: boolean, isPublic: boolean, ...says: string[]): Case => ({
  what,
  answers: {
    'rds:DescribeDBSnapshots': [{ id: 'a', name: 'a', ofCluster: false, manual }],
    'rds:DescribeDBSnapshotAttributes': { a: { isPublic } },
    'rds:DescribeDBClusterSnapshots': [{ id: 'b', name: 'b', ofCluster: true, manual }],
    'rds:DescribeDBClusterSnapshotAttributes': { b: { isPublic: false } },
  },
  says,
});

const DESCRIPTION: KeyDescription = { customerManaged: true, state: 'Enabled', rotatable: true };
const key = (what: string, more: Partial<KeyDescription>, rotates: boolean, ...says: string[]): Case => ({
  what,
  answers: {
    'kms:ListKeys': [{ id: 'k', keyId: 'k' }],
    'kms:DescribeKey': { k: { ...DESCRIPTION, ...more } },
    'kms:GetKeyRotationStatus': { k: { rotates } },
  },
  says,
});
const keyPolicy = (what: string, statement: object, says: string): Case => ({
  what,
  answers: {
    'kms:ListKeys': [{ id: 'k', keyId: 'k' }],
    'kms:DescribeKey': { k: DESCRIPTION },
    'kms:GetKeyPolicy': {
      k: JSON.stringify({
        Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*', ...statement },
      }),
    },
  },
  says: [says],
});

export const otherCases: Cases = {
  'account-security-contact': [true, false].map((exists) => ({
    what: String(exists),
    answers: { 'account:GetAlternateContact': [{ id: 'contact', exists }] },
    says: [exists ? 'pass' : 'fail'],
  })),
  'cloudtrail-multi-region': [
    { what: 'no trail', answers: { 'cloudtrail:DescribeTrails': [] }, says: ['fail'] },
    recording('everything', true, true, 'pass'),
    recording('stopped', false, true, 'fail'),
    recording('writes only', true, false, 'fail'),
  ],
  'cloudtrail-validation': [
    ofTrail('on', {}, 'pass'),
    ofTrail('off', { validation: false }, 'fail'),
    ofTrail('of another region', { validation: false, isHome: false }),
  ],
  'cloudtrail-kms': [ofTrail('with', {}, 'pass'), ofTrail('without', { kmsKeyId: null }, 'fail')],
  'cloudtrail-bucket-public': [
    trailBucket('closed', {}, {}, 'pass'),
    trailBucket(
      'open',
      {},
      { grants: [{ grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', permission: 'READ' }] },
      'fail',
    ),
    trailBucket('of another account', { bucket: 'theirs' }, {}, 'unknown'),
  ],
  'rds-instance-public': [
    reached('reached', {}, OPEN, 'fail'),
    reached('closed by its group', {}, [], 'pass'),
    reached('not accessible', { publiclyAccessible: false }, OPEN, 'pass'),
    reached('being made', { port: null }, OPEN),
  ],
  'rds-instance-encrypted': [
    database('encrypted', {}, 'pass'),
    database('not', { encrypted: false }, 'fail'),
    database('a member', { encrypted: false, cluster: 'c' }),
  ],
  'rds-cluster-encrypted': [true, false].map((encrypted) => ({
    what: String(encrypted),
    answers: { 'rds:DescribeDBClusters': [{ id: 'c', name: 'c', encrypted }] },
    says: [encrypted ? 'pass' : 'fail'],
  })),
  'rds-snapshot-public': [
    snapshots('public', true, true, 'fail', 'pass'),
    snapshots('own', true, false, 'pass', 'pass'),
    snapshots('automatic', false, false),
  ],
  'rds-instance-backups': [
    database('a week', {}, 'pass'),
    database('none', { backupDays: 0 }, 'fail'),
    database('a replica', { backupDays: 0, isReplica: true }),
  ],
  'kms-key-rotation': [
    key('rotates', {}, true, 'pass'),
    key('does not', {}, false, 'fail'),
    key('of AWS', { customerManaged: false }, false),
    key('cannot', { rotatable: false }, false),
    key('disabled', { state: 'Disabled' }, false),
  ],
  'kms-key-public': [
    keyPolicy('anybody', {}, 'fail'),
    keyPolicy(
      'callers of an account',
      { Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT } } },
      'pass',
    ),
    keyPolicy('the account', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }, 'pass'),
  ],
};
