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
const lambdaIs = (what: string, more: Partial<LambdaFunction>, ...says: string[]): Case => ({
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
const zones = (
  what: string,
  of: readonly string[],
  says: string[],
  vpcId: string | null = 'vpc-1',
): Case => ({
  what,
  answers: {
    'lambda:ListFunctions': [
      lambda({ vpcId, subnetIds: [...of.map((_, index) => `subnet-${index}`), 'gone'] }),
    ],
    'ec2:DescribeSubnets': of.map((zone, index) => ({
      id: `subnet-${index}`,
      subnetId: `subnet-${index}`,
      name: null,
      vpcId: 'vpc-1',
      zone,
      givesPublicAddresses: false,
      givesIpv6Addresses: false,
    })),
  },
  says,
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
    lambdaIs('supported', {}, 'pass'),
    lambdaIs('no longer', { runtime: 'nodejs16.x' }, 'fail'),
    lambdaIs('to end later', { runtime: 'java17' }, 'pass'),
    lambdaIs('not known yet', { runtime: 'nodejs40.x' }, 'pass'),
    lambdaIs('an image', { isImage: true, runtime: null }),
  ],
  'lambda-env-secrets': [
    lambdaIs('none', {}, 'pass'),
    lambdaIs('a secret', { environment: { variables: 2, secrets: [SECRET] } }, 'fail'),
    lambdaIs('not decrypted', { environment: null }, 'unknown'),
  ],
  'lambda-code-secrets': [
    code('none', {}, [], 'pass'),
    code('a secret', {}, [{ name: 'app.js, line 3', kind: 'password' }], 'fail'),
    code('too large to read', { codeBytes: 60 * 1024 * 1024 }, null, 'unknown'),
    code('an image', { isImage: true, runtime: null }, null, 'unknown'),
  ],
  'lambda-env-cmk': [
    lambdaIs('no variables', {}, 'pass'),
    lambdaIs('by AWS', { environment: { variables: 1, secrets: [] } }, 'fail'),
    lambdaIs('by a key', { environment: { variables: 1, secrets: [] }, keyArn: 'k' }, 'pass'),
    lambdaIs('by a key that is closed', { environment: null, keyArn: 'k' }, 'pass'),
  ],
  'lambda-in-vpc': [lambdaIs('outside', {}, 'fail'), lambdaIs('inside', { vpcId: 'vpc-1' }, 'pass')],
  'lambda-multi-az': [
    zones('two', ['a', 'b'], ['pass']),
    zones('one twice', ['a', 'a'], ['fail']),
    zones('outside', [], [], null),
  ],
  'lambda-dlq': [lambdaIs('none', {}, 'fail'), lambdaIs('a queue', { deadLetterArn: 'q' }, 'pass')],
  'lambda-tracing': [lambdaIs('off', {}, 'fail'), lambdaIs('on', { tracing: 'Active' }, 'pass')],
  'lambda-foreign-layer': [
    lambdaIs('none', {}, 'pass'),
    lambdaIs('own', { layers: [layer(ACCOUNT)] }, 'pass'),
    lambdaIs('foreign', { layers: [layer(ACCOUNT), layer('222222222222')] }, 'fail'),
  ],
  'lambda-admin-role': [
    role('narrow', ['{"Statement":[]}'], [], 'pass'),
    role('attached', [], ['admin'], 'fail'),
    role('inline', [ADMINISTRATOR], [], 'fail'),
    role('gone', [], [], 'unknown', `${ROLE}-2`),
  ],
  'lambda-shared-role': [
    lambdaIs('alone', {}, 'pass'),
    {
      what: 'shared',
      answers: {
        'lambda:ListFunctions': [lambda(), lambda({ id: 'g' }), lambda({ id: 'h', roleArn: `${ROLE}-2` })],
      },
      says: ['fail', 'fail', 'pass'],
    },
  ],
};
