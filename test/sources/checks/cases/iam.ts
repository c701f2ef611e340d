import type {
  Authorization,
  PasswordPolicy,
  Role,
  User,
} from '../../../../src/sources/checks/services/iam/collect.ts';
import type { CredentialReportRow } from '../../../../src/sources/checks/services/iam/credential-report.ts';
import { ACCOUNT } from '../support.ts';
import type { Case, Cases } from './case.ts';

const root = (row: Partial<CredentialReportRow> = {}): CredentialReportRow => ({
  id: `arn:aws:iam::${ACCOUNT}:root`,
  name: '<root_account>',
  isRoot: true,
  passwordEnabled: true,
  passwordLastUsed: null,
  mfaActive: true,
  keys: [],
  ...row,
});
const person = (row: Partial<CredentialReportRow> = {}): CredentialReportRow => ({
  ...root(row),
  id: `arn:aws:iam::${ACCOUNT}:user/ann`,
  name: 'ann',
  isRoot: false,
});
const key = (
  number: number,
  active: boolean,
  lastRotated: string | null = null,
  lastUsed: string | null = null,
) => ({
  number,
  active,
  lastRotated,
  lastUsed,
});
const summary = (rootMfaEnabled: boolean, rootAccessKeys = 0) => [
  { id: `arn:aws:iam::${ACCOUNT}:root`, rootMfaEnabled, rootAccessKeys },
];

const STRICT: PasswordPolicy = {
  id: `arn:aws:iam::${ACCOUNT}:password-policy`,
  exists: true,
  minimumLength: 14,
  requiresUppercase: true,
  requiresLowercase: true,
  requiresSymbols: true,
  requiresNumbers: true,
  remembered: 24,
};
const NONE: PasswordPolicy = {
  ...STRICT,
  exists: false,
  minimumLength: 0,
  requiresUppercase: false,
  requiresLowercase: false,
  requiresSymbols: false,
  requiresNumbers: false,
  remembered: 0,
};
const password = (weaker: Partial<PasswordPolicy>): Case[] => [
  { what: 'a strict policy', answers: { 'iam:GetAccountPasswordPolicy': [STRICT] }, says: ['pass'] },
  {
    what: 'a weaker one',
    answers: { 'iam:GetAccountPasswordPolicy': [{ ...STRICT, ...weaker }] },
    says: ['fail'],
  },
  { what: 'none', answers: { 'iam:GetAccountPasswordPolicy': [NONE] }, says: ['fail'] },
];

const policy = (...statements: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
export const ADMIN = { Effect: 'Allow', Action: '*', Resource: '*' };
const READ = { Effect: 'Allow', Action: 's3:Get*', Resource: '*' };
const IDENTITY = { path: '/', attached: [], inline: [] };
const user = (more: Partial<User> = {}): User => ({
  kind: 'user',
  id: `arn:aws:iam::${ACCOUNT}:user/ann`,
  name: 'ann',
  ...IDENTITY,
  ...more,
});
const role = (more: Partial<Role>): Role => ({
  kind: 'role',
  id: `arn:aws:iam::${ACCOUNT}:role/app`,
  name: 'app',
  trustPolicy: policy(),
  ...IDENTITY,
  ...more,
});
const managed = (document: string, ofAws = false): Authorization => ({
  kind: 'policy',
  id: `arn:aws:iam::${ofAws ? 'aws' : ACCOUNT}:policy/p`,
  name: 'p',
  ofAws,
  attachments: 0,
  document,
});
const authorizations = (what: string, all: Authorization[], says: string[]): Case => ({
  what,
  answers: { 'iam:GetAccountAuthorizationDetails': all },
  says,
});
const trusting = (what: string, statement: object, says: string): Case =>
  authorizations(
    what,
    [role({ trustPolicy: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }) })],
    [says],
  );

export const iamCases: Cases = {
  'iam-root-access-keys': [
    {
      what: 'no keys',
      answers: { 'iam:GetAccountSummary': summary(true), 'iam:GetCredentialReport': [root()] },
      says: ['pass'],
    },
    {
      what: 'keys by the summary, without a row',
      answers: { 'iam:GetAccountSummary': summary(true, 1), 'iam:GetCredentialReport': [] },
      says: ['fail'],
    },
    {
      what: 'an active key by the row',
      answers: {
        'iam:GetAccountSummary': summary(true),
        'iam:GetCredentialReport': [root({ keys: [key(2, true)] })],
      },
      says: ['fail'],
    },
  ],
  'iam-root-mfa': [
    {
      what: 'on',
      answers: { 'iam:GetAccountSummary': summary(true), 'iam:GetCredentialReport': [root()] },
      says: ['pass'],
    },
    {
      what: 'off',
      answers: { 'iam:GetAccountSummary': summary(false), 'iam:GetCredentialReport': [root()] },
      says: ['fail'],
    },
    {
      what: 'no credentials at all',
      answers: {
        'iam:GetAccountSummary': summary(false),
        'iam:GetCredentialReport': [root({ passwordEnabled: false })],
      },
      says: [],
    },
  ],
  'iam-root-recent-use': [
    {
      what: 'used yesterday',
      answers: {
        'iam:GetAccountSummary': summary(true),
        'iam:GetCredentialReport': [root({ passwordLastUsed: '2026-11-19T11:00:00.000Z' })],
      },
      says: ['fail'],
    },
    {
      what: 'used two days ago',
      answers: {
        'iam:GetAccountSummary': summary(true),
        'iam:GetCredentialReport': [root({ keys: [key(1, true, null, '2026-11-18T11:59:00.000Z')] })],
      },
      says: ['pass'],
    },
    {
      what: 'no row',
      answers: { 'iam:GetAccountSummary': summary(true), 'iam:GetCredentialReport': [] },
      says: ['unknown'],
    },
  ],
  'iam-password-min-length': password({ minimumLength: 13 }),
  'iam-password-uppercase': password({ requiresUppercase: false }),
  'iam-password-lowercase': password({ requiresLowercase: false }),
  'iam-password-symbol': password({ requiresSymbols: false }),
  'iam-password-number': password({ requiresNumbers: false }),
  'iam-password-reuse': password({ remembered: 23 }),
  'iam-user-console-mfa': [
    { what: 'root alone', answers: { 'iam:GetCredentialReport': [root({ mfaActive: false })] }, says: [] },
    { what: 'with MFA', answers: { 'iam:GetCredentialReport': [person()] }, says: ['pass'] },
    {
      what: 'without',
      answers: { 'iam:GetCredentialReport': [person({ mfaActive: false })] },
      says: ['fail'],
    },
    {
      what: 'without, and without a password',
      answers: { 'iam:GetCredentialReport': [person({ mfaActive: false, passwordEnabled: false })] },
      says: ['pass'],
    },
  ],
  'iam-access-key-rotation': [
    {
      what: 'one of 90 days, one of 91',
      answers: {
        'iam:GetCredentialReport': [
          person({
            keys: [key(1, true, '2026-08-22T12:00:00.000Z'), key(2, true, '2026-08-21T12:00:00.000Z')],
          }),
        ],
      },
      says: ['pass#access-key-1', 'fail#access-key-2'],
    },
    {
      what: 'an inactive one',
      answers: { 'iam:GetCredentialReport': [person({ keys: [key(1, false, '2020-01-01T00:00:00.000Z')] })] },
      says: [],
    },
  ],
  'iam-user-administrator': [
    authorizations(
      'an AWS policy',
      [user({ attached: ['arn:aws:iam::aws:policy/p'] }), managed(policy(ADMIN), true)],
      ['fail'],
    ),
    authorizations(
      'an inline policy',
      [user({ inline: [{ name: 'i', document: policy(ADMIN) }] })],
      ['fail'],
    ),
    authorizations('a policy of somebody else', [user(), managed(policy(ADMIN))], ['pass']),
  ],
  'iam-policy-full-admin': [
    authorizations('an administrator', [managed(policy(ADMIN))], ['fail']),
    authorizations('one of AWS', [managed(policy(ADMIN), true)], []),
    authorizations('a reader', [managed(policy(READ))], ['pass']),
    authorizations(
      'all but one action',
      [managed(policy({ Effect: 'Allow', NotAction: 'iam:PassRole', Resource: '*' }))],
      ['fail'],
    ),
    authorizations(
      'all but a service',
      [managed(policy({ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' }))],
      ['pass'],
    ),
    authorizations('taken back', [managed(policy(ADMIN, { ...ADMIN, Effect: 'Deny' }))], ['pass']),
    authorizations(
      'one action taken back',
      [managed(policy(ADMIN, { ...ADMIN, Effect: 'Deny', Action: 's3:*' }))],
      ['fail'],
    ),
    authorizations(
      'with MFA only',
      [managed(policy({ ...ADMIN, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }))],
      ['fail'],
    ),
  ],
  'iam-inline-full-admin': [
    authorizations(
      'one of two',
      [
        user({
          inline: [
            { name: 'a', document: policy(ADMIN) },
            { name: 'b', document: policy(READ) },
          ],
        }),
      ],
      ['fail#a', 'pass#b'],
    ),
  ],
  'iam-role-trust-anyone': [
    trusting('anybody', { Principal: '*' }, 'fail'),
    trusting(
      'anybody at an address',
      { Principal: { AWS: '*' }, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
      'fail',
    ),
    trusting(
      'with an external id',
      { Principal: '*', Condition: { StringEquals: { 'sts:ExternalId': 'x' } } },
      'pass',
    ),
    trusting(
      'an organisation',
      { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
      'pass',
    ),
    trusting(
      'any organisation',
      { Principal: '*', Condition: { StringLike: { 'aws:PrincipalOrgID': '*' } } },
      'fail',
    ),
    trusting('a service', { Principal: { Service: 'ec2.amazonaws.com' } }, 'pass'),
  ],
};
