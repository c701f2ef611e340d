import type { FunctionUrl, LambdaFunction } from '../../../../src/sources/checks/services/lambda/collect.ts';
import { ACCOUNT } from '../support.ts';
import type { Case, Cases } from './case.ts';

const ROLE = `arn:aws:iam::${ACCOUNT}:role/orders`;
const ADMINISTRATOR = JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });

export const lambda = (more: Partial<LambdaFunction> = {}): LambdaFunction => ({
  id: 'f',
  name: 'orders',
  isImage: false,
  runtime: 'nodejs24.x',
  codeBytes: 1000,
  roleArn: ROLE,
  keyArn: null,
  environment: { variables: 0, secrets: [] },
  vpcId: null,
  subnetIds: [],
  groupIds: [],
  deadLetterArn: null,
  tracing: 'PassThrough',
  layers: [],
  ...more,
});
const of = (what: string, more: Partial<LambdaFunction>, ...says: string[]): Case => ({
  what,
  answers: { 'lambda:ListFunctions': [lambda(more)] },
  says,
});
const policy = (what: string, statement: object | null, says: string): Case => ({
  what,
  answers: {
    'lambda:ListFunctions': [lambda()],
    'lambda:GetPolicy': {
      f:
        statement === null
          ? null
          : JSON.stringify({
              Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: 'f', ...statement }],
            }),
    },
  },
  says: [says],
});
const urls = (what: string, of: readonly Partial<FunctionUrl>[], ...says: string[]): Case => ({
  what,
  answers: {
    'lambda:ListFunctions': [lambda()],
    'lambda:GetFunctionUrlConfig': {
      f: of.map((more) => ({ qualifier: '', url: 'https://a', authType: 'AWS_IAM', origins: [], ...more })),
    },
  },
  says,
});
const code = (
  what: string,
  more: Partial<LambdaFunction>,
  secrets: { name: string; kind: string }[] | null,
  says: string,
): Case => ({
  what,
  answers: {
    'lambda:ListFunctions': [lambda(more)],
    'lambda:GetFunction': { f: secrets === null ? null : { secrets } },
  },
  says: [says],
});
const role = (what: string, inline: string[], attached: string[], says: string, name = ROLE): Case => ({
  what,
  answers: {
    'lambda:ListFunctions': [lambda()],
    'iam:GetAccountAuthorizationDetails': [
      {
        kind: 'role',
        id: name,
        name: 'orders',
        path: '/',
        attached,
        inline: inline.map((document) => ({ name: 'inline', document })),
        trustPolicy: '{}',
        createdAt: null,
        lastUsed: null,
      },
      { kind: 'policy', id: 'admin', name: 'admin', ofAws: false, attachments: 1, document: ADMINISTRATOR },
    ],
  },
  says: [says],
});
const SECRET = { name: 'DB_PASSWORD', kind: 'password' };
const layer = (account: string): string => `arn:aws:lambda:eu-west-1:${account}:layer:tools:3`;

export const lambdaCases: Cases = {
  'lambda-public-policy': [
    policy('no policy', null, 'pass'),
    policy('everybody', { Principal: '*' }, 'fail'),
    policy(
      'everybody of an organisation',
      { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
      'pass',
    ),
    policy(
      'who signs a call of the URL',
      { Principal: '*', Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } } },
      'pass',
    ),
    policy(
      'who calls the URL without signing',
      { Principal: '*', Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } } },
      'fail',
    ),
    policy(
      'a bucket, whosever it is',
      {
        Principal: { Service: 's3.amazonaws.com' },
        Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::assets' } },
      },
      'fail',
    ),
    policy(
      'a bucket of the account',
      {
        Principal: { Service: 's3.amazonaws.com' },
        Condition: { StringEquals: { 'AWS:SourceAccount': ACCOUNT } },
      },
      'pass',
    ),
    policy('a service', { Principal: { Service: 'events.amazonaws.com' } }, 'pass'),
  ],
  'lambda-url-unauthenticated': [
    urls('none', []),
    urls('that of an alias', [{}, { qualifier: 'live', authType: 'NONE' }], 'pass', 'fail#live'),
  ],
  'lambda-url-cors-any': [
    urls('no CORS', [{}], 'pass'),
    urls('any', [{ origins: ['https://a.example', '*'] }], 'fail'),
    urls('one', [{ origins: ['https://a.example'] }], 'pass'),
  ],
  'lambda-runtime-deprecated': [
    of('supported', {}, 'pass'),
    of('no longer', { runtime: 'nodejs16.x' }, 'fail'),
    of('to end later', { runtime: 'java17' }, 'pass'),
    of('not known yet', { runtime: 'nodejs40.x' }, 'pass'),
    of('an image', { isImage: true, runtime: null }),
  ],
  'lambda-env-secrets': [
    of('none', {}, 'pass'),
    of('a secret', { environment: { variables: 2, secrets: [SECRET] } }, 'fail'),
    of('not decrypted', { environment: null }, 'unknown'),
  ],
  'lambda-code-secrets': [
    code('none', {}, [], 'pass'),
    code('a secret', {}, [{ name: 'app.js, line 3', kind: 'password' }], 'fail'),
    code('too large to read', { codeBytes: 60 * 1024 * 1024 }, null, 'unknown'),
    code('an image', { isImage: true, runtime: null }, null, 'unknown'),
  ],
  'lambda-env-cmk': [
    of('no variables', {}, 'pass'),
    of('by AWS', { environment: { variables: 1, secrets: [] } }, 'fail'),
    of('by a key', { environment: { variables: 1, secrets: [] }, keyArn: 'k' }, 'pass'),
    of('by a key that is closed', { environment: null, keyArn: 'k' }, 'pass'),
  ],
  'lambda-in-vpc': [of('outside', {}, 'fail'), of('inside', { vpcId: 'vpc-1' }, 'pass')],
  'lambda-dlq': [of('none', {}, 'fail'), of('a queue', { deadLetterArn: 'q' }, 'pass')],
  'lambda-tracing': [of('off', {}, 'fail'), of('on', { tracing: 'Active' }, 'pass')],
  'lambda-foreign-layer': [
    of('none', {}, 'pass'),
    of('own', { layers: [layer(ACCOUNT)] }, 'pass'),
    of('foreign', { layers: [layer(ACCOUNT), layer('222222222222')] }, 'fail'),
  ],
  'lambda-admin-role': [
    role('narrow', ['{"Statement":[]}'], [], 'pass'),
    role('attached', [], ['admin'], 'fail'),
    role('inline', [ADMINISTRATOR], [], 'fail'),
    role('gone', [], [], 'unknown', `${ROLE}-2`),
  ],
  'lambda-shared-role': [
    of('alone', {}, 'pass'),
    {
      what: 'shared',
      answers: {
        'lambda:ListFunctions': [lambda(), lambda({ id: 'g' }), lambda({ id: 'h', roleArn: `${ROLE}-2` })],
      },
      says: ['fail', 'fail', 'pass'],
    },
  ],
};
