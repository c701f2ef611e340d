import type {
  AclGrant,
  PublicAccessBlock,
  ReplicationRule,
  Versioning,
} from '../../../../src/sources/checks/services/s3/collect.ts';
import { ACCOUNT, REGION } from '../support.ts';
import type { Answers } from '../support.ts';
import type { Case, Cases } from './case.ts';

export const BUCKET = 'arn:aws:s3:::assets';
const OPEN: PublicAccessBlock = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};
const CLOSED: PublicAccessBlock = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};
const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';
const TLS = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

export interface BucketState {
  block?: PublicAccessBlock | null;
  account?: PublicAccessBlock;
  grants?: readonly AclGrant[];
  statements?: readonly object[];
  encryption?: readonly string[] | null;
  ownership?: string | null;
  versioning?: Versioning;
  /** The bucket that access is logged to. */
  logsTo?: string | null;
  enabledRules?: number;
  locked?: boolean;
  notifies?: readonly string[];
  replication?: readonly ReplicationRule[] | null;
  website?: boolean;
  others?: Answers['s3:ListBuckets'];
}

export function bucketAnswers({
  block = null,
  account = OPEN,
  grants = [],
  statements,
  encryption = null,
  ownership = null,
  versioning = { status: null, mfaDelete: false },
  logsTo = null,
  enabledRules = 0,
  locked = false,
  notifies = [],
  replication = null,
  website = false,
  others = [],
}: BucketState): Answers {
  const policy = statements === undefined ? null : JSON.stringify({ Statement: statements });
  return {
    's3:ListBuckets': [{ id: BUCKET, name: 'assets', region: REGION }, ...others],
    's3-control:GetPublicAccessBlock': [{ id: `arn:aws:s3::${ACCOUNT}:public-access-block`, ...account }],
    's3:GetPublicAccessBlock': { [BUCKET]: block },
    's3:GetBucketAcl': { [BUCKET]: grants },
    's3:GetBucketPolicyStatus': { [BUCKET]: null },
    's3:GetBucketPolicy': { [BUCKET]: policy },
    's3:GetBucketEncryption': { [BUCKET]: encryption },
    's3:GetBucketOwnershipControls': { [BUCKET]: ownership },
    's3:GetBucketVersioning': { [BUCKET]: versioning },
    's3:GetBucketLogging': { [BUCKET]: { target: logsTo } },
    's3:GetBucketLifecycleConfiguration': { [BUCKET]: { enabledRules } },
    's3:GetObjectLockConfiguration': { [BUCKET]: { enabled: locked } },
    's3:GetBucketNotificationConfiguration': { [BUCKET]: notifies },
    's3:GetBucketReplication': { [BUCKET]: replication },
    's3:GetBucketWebsite': { [BUCKET]: website ? { index: 'index.html', redirectsTo: null } : null },
  };
}

const bucket = (what: string, state: BucketState, says: string): Case => ({
  what,
  answers: bucketAnswers(state),
  says: [says],
});
const grant = (permission: string): AclGrant[] => [{ grantee: ALL_USERS, permission }];
const allow = (Action: string, more: object = {}): object => ({
  Effect: 'Allow',
  Principal: '*',
  Action,
  Resource: `${BUCKET}/*`,
  ...more,
});

const versioned = { status: 'Enabled', mfaDelete: false };
const replicated = (what: string, rules: readonly ReplicationRule[], says: string): Case => ({
  what,
  answers: bucketAnswers({
    versioning: versioned,
    replication: rules,
    others: [{ id: 'arn:aws:s3:::copy', name: 'copy', region: 'eu-central-1' }],
  }),
  says: [says, 'fail'],
});
const to = (name: string, enabled = true): ReplicationRule => ({ enabled, bucket: `arn:aws:s3:::${name}` });
const accessPoint = (block: PublicAccessBlock, says: string): Case => ({
  what: says,
  answers: {
    's3-control:ListAccessPoints': [{ id: 'point', name: 'point', bucket: 'assets' }],
    's3-control:GetAccessPoint': { point: block },
  },
  says: [says],
});
const multiRegionPoint = (block: PublicAccessBlock, says: string): Case => ({
  what: says,
  answers: { 's3-control:ListMultiRegionAccessPoints': [{ id: 'point', name: 'point', block }] },
  says: [says],
});

export const s3Cases: Cases = {
  's3-bucket-cross-account': [
    bucket('no policy', {}, 'pass'),
    bucket('everybody', { statements: [allow('s3:GetObject')] }, 'fail'),
    bucket('its account', { statements: [allow('s3:*', { Principal: { AWS: ACCOUNT } })] }, 'pass'),
    bucket('another', { statements: [allow('s3:*', { Principal: { AWS: '222222222222' } })] }, 'fail'),
    bucket(
      'a service for an account',
      {
        statements: [
          allow('s3:PutObject', {
            Principal: { Service: 'logging.s3.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
          }),
        ],
      },
      'pass',
    ),
  ],
  's3-bucket-acls-off': [
    bucket('owner enforced', { ownership: 'BucketOwnerEnforced' }, 'pass'),
    bucket('owner preferred', { ownership: 'BucketOwnerPreferred' }, 'fail'),
    bucket('not said', {}, 'fail'),
  ],
  's3-bucket-kms-encryption': [
    bucket('by a key', { encryption: ['aws:kms'] }, 'pass'),
    bucket('by a key, twice', { encryption: ['aws:kms:dsse'] }, 'pass'),
    bucket('by S3', { encryption: ['AES256'] }, 'fail'),
    bucket('not', {}, 'fail'),
  ],
  's3-bucket-versioning': [
    bucket('on', { versioning: versioned }, 'pass'),
    bucket('suspended', { versioning: { ...versioned, status: 'Suspended' } }, 'fail'),
    bucket('never on', {}, 'fail'),
  ],
  's3-bucket-mfa-delete': [
    bucket('on', { versioning: { ...versioned, mfaDelete: true } }, 'pass'),
    bucket('off', { versioning: versioned }, 'fail'),
  ],
  's3-bucket-access-log': [bucket('logged', { logsTo: 'logs' }, 'pass'), bucket('not', {}, 'fail')],
  's3-bucket-lifecycle': [bucket('a rule', { enabledRules: 1 }, 'pass'), bucket('none', {}, 'fail')],
  's3-bucket-object-lock': [bucket('on', { locked: true }, 'pass'), bucket('off', {}, 'fail')],
  's3-bucket-event-notifications': [
    bucket('to a bus', { notifies: ['EventBridge'] }, 'pass'),
    bucket('to nobody', {}, 'fail'),
  ],
  's3-bucket-replication': [
    bucket('no rule', { versioning: versioned }, 'fail'),
    bucket('without versions', { replication: [to('copy')] }, 'fail'),
    replicated('to another region', [to('copy')], 'pass'),
    replicated('to its region', [to('assets')], 'fail'),
    replicated('not any more', [to('copy', false)], 'fail'),
    replicated('to a bucket that was not listed', [to('assets'), to('theirs')], 'unknown'),
    replicated('to one that was not listed, and to one that was', [to('theirs'), to('copy')], 'pass'),
  ],
  's3-website-hosting': [bucket('no site', {}, 'pass'), bucket('a site', { website: true }, 'fail')],
  's3-access-point-public-block': [
    accessPoint(CLOSED, 'pass'),
    accessPoint({ ...CLOSED, blockPublicPolicy: false }, 'fail'),
  ],
  's3-multi-region-point-public-block': [
    multiRegionPoint(CLOSED, 'pass'),
    multiRegionPoint({ ...CLOSED, ignorePublicAcls: false }, 'fail'),
  ],
  's3-account-public-block': [bucket('closed', { account: CLOSED }, 'pass'), bucket('open', {}, 'fail')],
  's3-bucket-public-block': [
    bucket('by the account', { account: CLOSED }, 'pass'),
    bucket(
      'each setting by one of the two',
      {
        block: { ...CLOSED, blockPublicAcls: false },
        account: { ...OPEN, blockPublicAcls: true },
      },
      'pass',
    ),
    bucket('one setting by neither', { block: { ...CLOSED, ignorePublicAcls: false } }, 'fail'),
  ],
  's3-bucket-public': [
    bucket('closed', {}, 'pass'),
    bucket('by its ACL', { grants: grant('READ') }, 'fail'),
    bucket(
      'by an ACL that is ignored',
      { grants: grant('READ'), block: { ...OPEN, ignorePublicAcls: true } },
      'pass',
    ),
    bucket('by its policy', { statements: [allow('s3:GetObject')] }, 'fail'),
    bucket(
      'by a policy that is restricted',
      { statements: [allow('s3:GetObject')], account: { ...OPEN, restrictPublicBuckets: true } },
      'pass',
    ),
    bucket(
      'from an organisation',
      {
        statements: [allow('s3:GetObject', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })],
      },
      'pass',
    ),
  ],
  's3-bucket-public-list-acl': [
    bucket('listed', { grants: grant('READ') }, 'fail'),
    bucket('written only', { grants: grant('WRITE') }, 'pass'),
  ],
  's3-bucket-public-write-acl': [
    bucket('written', { grants: grant('WRITE_ACP') }, 'fail'),
    bucket('listed only', { grants: grant('READ') }, 'pass'),
  ],
  's3-bucket-public-write-policy': [
    bucket('reading', { statements: [allow('s3:GetObject')] }, 'pass'),
    bucket('writing', { statements: [allow('s3:Put*')] }, 'fail'),
    bucket('everything', { statements: [allow('*')] }, 'fail'),
  ],
  's3-bucket-default-encryption': [
    bucket('none', {}, 'fail'),
    bucket('by S3', { encryption: ['AES256'] }, 'pass'),
  ],
  's3-bucket-tls-only': [
    bucket('no policy', {}, 'fail'),
    bucket('all of it', { statements: [{ ...TLS, Resource: [BUCKET, `${BUCKET}/*`] }] }, 'pass'),
    bucket(
      'in two statements',
      {
        statements: [
          { ...TLS, Resource: BUCKET },
          { ...TLS, Resource: `${BUCKET}/*` },
        ],
      },
      'pass',
    ),
    bucket('objects only', { statements: [{ ...TLS, Resource: `${BUCKET}/*` }] }, 'fail'),
    bucket(
      'writing only',
      { statements: [{ ...TLS, Action: 's3:PutObject', Resource: [BUCKET, `${BUCKET}/*`] }] },
      'fail',
    ),
  ],
};
