import type {
  Authorization,
  Group,
  ManagedPolicy,
  PasswordPolicy,
  Role,
  User,
} from '../../../../src/sources/checks/services/iam/collect.ts';
import type { CredentialReportRow } from '../../../../src/sources/checks/services/iam/credential-report.ts';
import { ACCOUNT, NOW } from '../support.ts';
import type { Case, Cases } from './case.ts';

const root = (row: Partial<CredentialReportRow> = {}): CredentialReportRow => ({
  id: `arn:aws:iam::${ACCOUNT}:root`,
  name: '<root_account>',
  isRoot: true,
  createdAt: null,
  passwordEnabled: true,
  passwordLastUsed: null,
  passwordLastChanged: null,
  mfaActive: true,
  keys: [],
  activeCertificates: 0,
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
  maximumAgeDays: 90,
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
  maximumAgeDays: 0,
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
  groups: [],
  ...IDENTITY,
  ...more,
});
const role = (more: Partial<Role>): Role => ({
  kind: 'role',
  id: `arn:aws:iam::${ACCOUNT}:role/app`,
  name: 'app',
  trustPolicy: policy(),
  createdAt: null,
  lastUsed: null,
  ...IDENTITY,
  ...more,
});
const group = (more: Partial<Group> = {}): Group => ({
  kind: 'group',
  id: `arn:aws:iam::${ACCOUNT}:group/admins`,
  name: 'admins',
  ...IDENTITY,
  ...more,
});
const awsPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const managed = (document: string, ofAws = false): ManagedPolicy => ({
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

const reported = (what: string, row: Partial<CredentialReportRow>, ...says: string[]): Case => ({
  what,
  answers: { 'iam:GetCredentialReport': [root(), person(row)] },
  says,
});
/** Of the account as a whole. */
const overall = (what: string, all: Authorization[], says: string, saml: { id: string }[] = []): Case => ({
  what,
  answers: {
    'iam:GetAccountSummary': summary(true),
    'iam:GetAccountAuthorizationDetails': all,
    'iam:ListSAMLProviders': saml,
  },
  says: [says],
});
const rootHardware = (
  what: string,
  row: Partial<CredentialReportRow>,
  serial: string,
  ...says: string[]
): Case => ({
  what,
  answers: {
    'iam:GetAccountSummary': summary(serial !== ''),
    'iam:GetCredentialReport': [root(row)],
    'iam:ListVirtualMFADevices': [
      { id: 'arn:aws:iam::111111111111:mfa/ann', user: 'arn:aws:iam::111111111111:user/ann' },
      ...(serial.startsWith('arn') ? [{ id: serial, user: `arn:aws:iam::${ACCOUNT}:root` }] : []),
    ],
  },
  says,
});
const devices = (what: string, serials: string[], ...says: string[]): Case => ({
  what,
  answers: {
    'iam:GetCredentialReport': [person()],
    'iam:ListMFADevices': { [person().id]: serials },
  },
  says,
});
const organisation = (what: string, exists: boolean, features: string[], ...says: string[]): Case => ({
  what,
  answers: {
    'organizations:DescribeOrganization': [{ id: 'organisation', exists }],
    'iam:ListOrganizationsFeatures': [{ id: 'features', features }],
  },
  says,
});
const days = (many: number): string => new Date(Date.parse(NOW) - many * 86_400_000).toISOString();
/** Judged as a customer's policy, and written into a user. */
const written = (what: string, says: string, ...statements: object[]): Case =>
  authorizations(
    what,
    [user({ inline: [{ name: 'i', document: policy(...statements) }] }), managed(policy(...statements))],
    [`${says}#i`, says],
  );
const customer = (what: string, says: string, ...statements: object[]): Case =>
  authorizations(what, [user(), managed(policy(...statements))], [says]);
const allow = (Action: string | string[], more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
const escalating = (inline: boolean): Case[] => [
  authorizations(
    'a path',
    [
      inline
        ? user({ inline: [{ name: 'i', document: policy(allow('iam:PutUserPolicy')) }] })
        : managed(policy(allow('iam:PutUserPolicy'))),
    ],
    [inline ? 'fail#i' : 'fail'],
  ),
  authorizations(
    'an administrator',
    [inline ? user({ inline: [{ name: 'i', document: policy(ADMIN) }] }) : managed(policy(ADMIN))],
    [inline ? 'pass#i' : 'pass'],
  ),
];
const lent = (what: string, statement: object, says: string): Case =>
  authorizations(
    what,
    [
      role({
        attached: [awsPolicy('ReadOnlyAccess')],
        trustPolicy: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }),
      }),
    ],
    [says],
  );
const OTHER = { AWS: 'arn:aws:iam::222222222222:root' };
const linked = role({ path: '/aws-service-role/x/', attached: [awsPolicy('AdministratorAccess')] });
const service = (what: string, name: string, condition: object, says: string): Case =>
  trusting(what, { Principal: { Service: `${name}.amazonaws.com` }, Condition: condition }, says);
const webIdentity = (what: string, provider: string, condition: object, says: string): Case =>
  trusting(
    what,
    {
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${provider}` },
      Condition: condition,
    },
    says,
  );
const GITHUB = 'token.actions.githubusercontent.com';
const github = (what: string, subject: string, says: string): Case =>
  webIdentity(
    what,
    GITHUB,
    {
      StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' },
      StringLike: { [`${GITHUB}:sub`]: subject },
    },
    says,
  );

export const iamCases: Cases = {
  'iam-root-hardware-mfa': [
    rootHardware('a key', {}, 'key', 'pass'),
    rootHardware('an app', {}, 'arn:aws:iam::111111111111:mfa/phone', 'fail'),
    rootHardware('nothing', {}, '', 'fail'),
    rootHardware('nobody can sign in', { passwordEnabled: false }, ''),
  ],
  'iam-root-signing-certs': [0, 1].map((activeCertificates) => ({
    what: String(activeCertificates),
    answers: {
      'iam:GetAccountSummary': summary(true),
      'iam:GetCredentialReport': [root({ activeCertificates })],
    },
    says: [activeCertificates === 0 ? 'pass' : 'fail'],
  })),
  'iam-root-central-management': [
    organisation('no organisation', false, []),
    organisation('managed', true, ['RootCredentialsManagement'], 'pass'),
    organisation('sessions only', true, ['RootSessions'], 'fail'),
  ],
  'iam-password-expiry': [...password({ maximumAgeDays: 91 }), ...password({ maximumAgeDays: 0 })],
  'iam-user-hardware-mfa': [
    devices('a key', ['arn:aws:iam::111111111111:u2f/user/ann/key'], 'pass'),
    devices('a token', ['GAHT12345678'], 'pass'),
    devices('an app too', ['GAHT12345678', 'arn:aws:iam::111111111111:mfa/ann'], 'fail'),
    devices('a message', ['arn:aws:iam::111111111111:sms-mfa/ann'], 'fail'),
    devices('nothing', [], 'fail'),
    reported('no password', { passwordEnabled: false }),
  ],
  'iam-access-key-unused': [
    reported(
      'used, and used too long ago',
      { keys: [key(1, true, days(400), days(45)), key(2, true, days(400), days(46))] },
      'pass#access-key-1',
      'fail#access-key-2',
    ),
    reported(
      'never used, new and old',
      { keys: [key(1, true, days(3)), key(2, true, days(46))] },
      'pass#access-key-1',
      'fail#access-key-2',
    ),
    reported('inactive', { keys: [key(1, false, days(400))] }),
  ],
  'iam-console-password-unused': [
    reported('used', { passwordLastUsed: days(45), passwordLastChanged: days(400) }, 'pass'),
    reported('used too long ago', { passwordLastUsed: days(46) }, 'fail'),
    reported('never used, new', { passwordLastChanged: days(1), createdAt: days(400) }, 'pass'),
    reported('never used, old', { passwordLastChanged: days(46) }, 'fail'),
    reported('never used, of nobody knows when', {}, 'unknown'),
    reported('no password', { passwordEnabled: false }, 'pass'),
  ],
  'iam-user-two-active-keys': [
    reported('one of two', { keys: [key(1, true), key(2, false)] }, 'pass'),
    reported('two', { keys: [key(1, true), key(2, true)] }, 'fail'),
  ],
  'iam-user-initial-access-key': [
    reported(
      'two of which none was used',
      { keys: [key(1, true, days(9)), key(2, true)] },
      'fail#access-key-1',
      'fail#access-key-2',
    ),
    reported('used', { keys: [key(1, true, days(9), days(2))] }, 'pass'),
    reported('of a machine', { passwordEnabled: false, keys: [key(1, true)] }, 'pass'),
  ],
  'iam-user-static-keys-for-humans': [
    reported('both', { keys: [key(2, true)] }, 'fail'),
    reported('a password', { keys: [key(1, false)] }, 'pass'),
    reported('a key', { passwordEnabled: false, keys: [key(1, true)] }, 'pass'),
  ],
  'iam-user-direct-policies': [
    authorizations('none', [user({ groups: ['admins'] })], ['pass']),
    authorizations('attached', [user({ attached: [awsPolicy('ReadOnlyAccess')] })], ['fail']),
    authorizations('inline', [user({ inline: [{ name: 'i', document: policy(READ) }] })], ['fail']),
  ],
  'iam-group-administrator': [
    authorizations('attached', [group({ attached: [awsPolicy('AdministratorAccess')] })], ['fail']),
    authorizations(
      'attached below a path',
      [group({ attached: [awsPolicy('job-function/AdministratorAccess')] })],
      ['fail'],
    ),
    authorizations('written', [group({ inline: [{ name: 'i', document: policy(ADMIN) }] })], ['fail']),
    authorizations(
      'as good as that',
      [group({ attached: [managed(policy()).id] }), managed(policy(ADMIN))],
      ['fail'],
    ),
    authorizations('less', [group({ attached: [managed(policy()).id] }), managed(policy(READ))], ['pass']),
  ],
  'iam-group-admin-without-mfa': (
    [
      ['with', [user({ groups: ['admins'] })], [person()], 'pass'],
      ['without', [user({ groups: ['admins'] })], [person({ mfaActive: false })], 'fail'],
      ['in another group', [user({ groups: ['others'] })], [person({ mfaActive: false })], 'pass'],
      ['not in the report yet', [user({ groups: ['admins'] })], [], 'unknown'],
    ] as const
  ).map(([what, users, rows, says]) => ({
    what,
    answers: {
      'iam:GetAccountAuthorizationDetails': [
        group({ attached: [awsPolicy('AdministratorAccess')] }),
        ...users,
      ],
      'iam:GetCredentialReport': rows,
    },
    says: [says],
  })),
  'iam-role-administrator': [
    authorizations('attached', [role({ attached: [awsPolicy('AdministratorAccess')] })], ['fail']),
    authorizations('less', [role({ attached: [awsPolicy('ReadOnlyAccess')] })], ['pass']),
    authorizations('of a service', [linked], []),
  ],
  'iam-aws-admin-policy-attached': [
    authorizations('attached', [{ ...managed(policy(ADMIN), true), attachments: 1 }], ['fail']),
    authorizations('a reader', [{ ...managed(policy(READ), true), attachments: 1 }], ['pass']),
    authorizations('not attached', [managed(policy(ADMIN), true)], []),
    authorizations('of the account', [{ ...managed(policy(ADMIN)), attachments: 1 }], []),
  ],
  'iam-policy-privilege-escalation': escalating(false),
  'iam-inline-privilege-escalation': escalating(true),
  'iam-policy-kms-wildcard': [
    written('everything', 'fail', ADMIN),
    written('a pattern', 'fail', allow('kms:De*')),
    written('every key', 'fail', allow('kms:Decrypt', { Resource: `arn:aws:kms:*:${ACCOUNT}:key/*` })),
    written('one key', 'pass', allow('kms:*', { Resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/k` })),
    written('something else', 'pass', allow('kms:Encrypt')),
    written(
      'by a service',
      'pass',
      allow('kms:Decrypt', {
        Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      }),
    ),
    written('denied', 'pass', allow('kms:*'), { ...ADMIN, Effect: 'Deny', Action: ['kms:De*', 'kms:Re*'] }),
  ],
  'iam-policy-cloudtrail-wildcard': [
    written('all of it', 'fail', allow('cloudtrail:*')),
    written('everything', 'fail', ADMIN),
    written('reading', 'pass', allow('cloudtrail:Get*')),
    written('one trail', 'pass', allow('cloudtrail:*', { Resource: 'arn:aws:cloudtrail:*:*:trail/x' })),
  ],
  'iam-policy-service-wildcard': [
    customer('a service', 'fail', allow(['s3:GetObject', 'sqs:*'])),
    customer('everything', 'pass', ADMIN),
    customer('a queue', 'pass', allow('sqs:*', { Resource: 'arn:aws:sqs:::q' })),
    customer('denied', 'pass', allow('sqs:*', { Effect: 'Deny' })),
  ],
  'iam-policy-notaction': [
    written('allowed', 'fail', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
    written('denied', 'pass', { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }),
  ],
  'iam-policy-assume-any-role': [
    customer('any', 'fail', allow('sts:AssumeRole')),
    customer('everything', 'fail', ADMIN),
    customer('of any account', 'fail', allow('sts:*', { Resource: 'arn:aws:iam::*:role/audit' })),
    customer('any of one', 'fail', allow('sts:Assume*', { Resource: 'arn:aws:iam::222222222222:role/*' })),
    customer('one', 'pass', allow('sts:AssumeRole', { Resource: 'arn:aws:iam::222222222222:role/audit' })),
    customer(
      'a team',
      'pass',
      allow('sts:AssumeRole', { Resource: 'arn:aws:iam::222222222222:role/team/*' }),
    ),
    customer('who one is', 'pass', allow('sts:GetCallerIdentity')),
  ],
  'iam-cloudshell-full-access': [
    overall('nobody', [user()], 'pass'),
    overall('somebody', [user({ attached: [awsPolicy('AWSCloudShellFullAccess')] })], 'fail'),
  ],
  'iam-support-role': [
    overall('a role', [role({ attached: [awsPolicy('AWSSupportAccess')] })], 'pass'),
    overall('a user', [user({ attached: [awsPolicy('AWSSupportAccess')] })], 'fail'),
  ],
  'iam-security-audit-role': [
    overall('a role', [role({ attached: [awsPolicy('SecurityAudit')] })], 'pass'),
    overall('none', [role({})], 'fail'),
  ],
  'iam-role-cross-account-external-id': [
    trusting('its account', { Principal: { AWS: ACCOUNT } }, 'pass'),
    trusting('another', { Principal: OTHER }, 'fail'),
    trusting(
      'another, by an id',
      { Principal: OTHER, Condition: { StringEquals: { 'sts:ExternalId': 'x' } } },
      'pass',
    ),
    trusting(
      'another, by any id',
      { Principal: OTHER, Condition: { StringLike: { 'sts:ExternalId': '*' } } },
      'fail',
    ),
    trusting(
      'another, by MFA',
      { Principal: OTHER, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
      'pass',
    ),
    trusting(
      'MFA, if it is said',
      { Principal: OTHER, Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } } },
      'fail',
    ),
    trusting(
      'of an organisation',
      { Principal: OTHER, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
      'pass',
    ),
    authorizations('of a service', [linked], []),
  ],
  'iam-role-cross-account-readonly': [
    lent('to its account', { Principal: { AWS: ACCOUNT } }, 'pass'),
    lent('to another', { Principal: OTHER }, 'fail'),
    lent('to everybody', { Principal: '*' }, 'fail'),
    trusting('another, with nothing', { Principal: OTHER }, 'pass'),
  ],
  'iam-role-confused-deputy': [
    service('anybody', 'states', {}, 'fail'),
    service('for its account', 'states', { StringEquals: { 'aws:SourceAccount': ACCOUNT } }, 'pass'),
    service('for any resource', 'states', { ArnLike: { 'aws:SourceArn': '*' } }, 'fail'),
    service('within the account', 'eks', {}, 'pass'),
    authorizations(
      'no service',
      [role({ trustPolicy: policy({ ...allow('sts:AssumeRole'), Principal: OTHER }) })],
      [],
    ),
  ],
  'iam-role-unused': [
    authorizations('used', [role({ lastUsed: days(90), createdAt: days(900) })], ['pass']),
    authorizations('used too long ago', [role({ lastUsed: days(91) })], ['fail']),
    authorizations('never used, new', [role({ createdAt: days(90) })], ['pass']),
    authorizations('never used, old', [role({ createdAt: days(91) })], ['fail']),
    authorizations('not said', [role({})], ['unknown']),
  ],
  'iam-server-cert-expired': [['pass', days(-1)] as const, ['fail', days(1)] as const].map(
    ([says, expiresAt]) => ({
      what: says,
      answers: { 'iam:ListServerCertificates': [{ id: 'c', name: 'c', expiresAt }] },
      says: [says],
    }),
  ),
  'iam-group-empty': [
    authorizations('a member', [group(), user({ groups: ['admins'] })], ['pass']),
    authorizations('nobody', [group(), user({ groups: ['others'] })], ['fail']),
  ],
  'iam-federation-present': [
    overall('a provider', [], 'pass', [{ id: 'saml' }]),
    overall('identity centre', [role({ name: 'AWSReservedSSO_Admin_1' })], 'pass'),
    overall('neither', [role({})], 'fail'),
  ],
  'iam-oidc-trust-unrestricted': [
    github('a branch', 'repo:acme/app:ref:refs/heads/main', 'pass'),
    github('a repository', 'repo:acme/app:*', 'pass'),
    github('an owner', 'repo:acme/*', 'fail'),
    github('some owners', 'repo:acme*', 'fail'),
    github('anybody', '*', 'fail'),
    webIdentity('no subject', GITHUB, { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } }, 'fail'),
    webIdentity('no audience', GITHUB, { StringEquals: { [`${GITHUB}:sub`]: 'repo:acme/app:x' } }, 'fail'),
    ...(
      [
        ['system:serviceaccount:shop:*', 'pass'],
        ['system:serviceaccount:*:app', 'fail'],
        ['system:*', 'fail'],
      ] as const
    ).map(([subject, says]) =>
      webIdentity(
        subject,
        'oidc.eks.eu-west-1.amazonaws.com/id/1',
        { StringEquals: { 'e:aud': 'sts.amazonaws.com' }, StringLike: { 'e:sub': subject } },
        says,
      ),
    ),
    authorizations(
      'no provider',
      [role({ trustPolicy: policy({ ...allow('sts:AssumeRole'), Principal: OTHER }) })],
      [],
    ),
  ],
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
