import type { Secret } from '../../../../src/sources/checks/services/secretsmanager/collect.ts';
import { ACCOUNT, NOW } from '../support.ts';
import type { Case, Cases } from './case.ts';

const daysAgo = (days: number): string => new Date(Date.parse(NOW) - days * 86_400_000).toISOString();
const secret = (what: string, more: Partial<Secret>, ...says: string[]): Case => ({
  what,
  answers: {
    'secrets-manager:ListSecrets': [
      {
        id: 's',
        name: 's',
        owner: null,
        rotates: false,
        rotatesAfterDays: null,
        createdAt: daysAgo(900),
        lastRotated: null,
        nextRotation: null,
        lastAccessed: null,
        ...more,
      },
    ],
  },
  says,
});
const rotating = (what: string, more: Partial<Secret>, says: string): Case =>
  secret(what, { rotates: true, rotatesAfterDays: 30, ...more }, says);
const policy = (what: string, says: string, ...statements: object[]): Case => ({
  what,
  answers: {
    ...secret(what, {}).answers,
    'secrets-manager:GetResourcePolicy': {
      s: statements.length === 0 ? null : JSON.stringify({ Statement: statements }),
    },
  },
  says: [says],
});
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
const allow = (more: object = {}): object => ({
  Effect: 'Allow',
  Principal: { AWS: ROLE },
  Action: 'secretsmanager:GetSecretValue',
  Resource: '*',
  ...more,
});
const DENY = {
  Effect: 'Deny',
  Principal: '*',
  Action: 'secretsmanager:*',
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:PrincipalArn': ROLE } },
};

export const secretsmanagerCases: Cases = {
  'secret-rotation': [
    secret('on', { rotates: true }, 'pass'),
    secret('off', {}, 'fail'),
    secret('of a service', { owner: 'rds' }),
  ],
  'secret-rotated-recently': [
    secret('lately', { lastRotated: daysAgo(90) }, 'pass'),
    secret('too long ago', { lastRotated: daysAgo(91) }, 'fail'),
    secret('never, new', { createdAt: daysAgo(90) }, 'pass'),
    secret('never, old', {}, 'fail'),
  ],
  'secret-rotation-failing': [
    secret('off', { nextRotation: daysAgo(1) }, 'pass'),
    rotating('worked', { lastRotated: daysAgo(30), nextRotation: daysAgo(-1) }, 'pass'),
    rotating('late', { lastRotated: daysAgo(31) }, 'fail'),
    rotating('overdue', { lastRotated: daysAgo(3), nextRotation: daysAgo(1) }, 'fail'),
    rotating('never, new', { createdAt: daysAgo(3) }, 'pass'),
    rotating('never, old', {}, 'fail'),
  ],
  'secret-unused': [
    secret('used', { lastAccessed: daysAgo(90) }, 'pass'),
    secret('used too long ago', { lastAccessed: daysAgo(91) }, 'fail'),
    secret('never, new', { createdAt: daysAgo(90) }, 'pass'),
    secret('never, old', {}, 'fail'),
  ],
  'secret-public': [
    policy('no policy', 'pass'),
    policy('a role', 'pass', allow()),
    policy('everybody', 'fail', allow({ Principal: '*' })),
    policy(
      'an organisation',
      'pass',
      allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
    ),
  ],
  'secret-policy-narrow': [
    policy('no policy', 'fail'),
    policy('a role, and nobody else', 'pass', allow(), DENY),
    policy('a role', 'fail', allow()),
    policy('another account', 'fail', allow({ Principal: { AWS: '222222222222' } }), DENY),
    policy('everybody', 'fail', allow({ Principal: '*' }), DENY),
    policy('the account', 'fail', allow({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }), DENY),
    policy('everything', 'fail', allow({ Action: 'secretsmanager:*' }), DENY),
    policy('all but something', 'fail', allow({ Action: undefined, NotAction: 'secretsmanager:Put*' }), DENY),
  ],
};
