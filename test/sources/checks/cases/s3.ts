import type { AclGrant, PublicAccessBlock } from '../../../../src/sources/checks/services/s3/collect.ts';
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
}

export function bucketAnswers({
  block = null,
  account = OPEN,
  grants = [],
  statements,
  encryption = null,
}: BucketState): Answers {
  const policy = statements === undefined ? null : JSON.stringify({ Statement: statements });
  return {
    's3:ListBuckets': [{ id: BUCKET, name: 'assets', region: REGION }],
    's3-control:GetPublicAccessBlock': [{ id: `arn:aws:s3::${ACCOUNT}:public-access-block`, ...account }],
    's3:GetPublicAccessBlock': { [BUCKET]: block },
    's3:GetBucketAcl': { [BUCKET]: grants },
    's3:GetBucketPolicyStatus': { [BUCKET]: null },
    's3:GetBucketPolicy': { [BUCKET]: policy },
    's3:GetBucketEncryption': { [BUCKET]: encryption },
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

export const s3Cases: Cases = {
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
