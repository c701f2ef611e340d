import { describe, expect, it } from '@jest/globals';
import { publicStatements } from '../../../../src/sources/checks/iam-policy/access.ts';
import { matches, parsePolicy } from '../../../../src/sources/checks/iam-policy/document.ts';
import { escalationPaths } from '../../../../src/sources/checks/iam-policy/escalation.ts';
import { foreignAccounts } from '../../../../src/sources/checks/iam-policy/foreign.ts';

const OWN = '111111111111';
const TRUSTED = '222222222222';
const OTHER = '333333333333';

const parsed = (...statements: object[]) => parsePolicy(JSON.stringify({ Statement: statements })) ?? [];
const resource = (more: object): object => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::assets/*',
  ...more,
});
const when = (operator: string, key: string, value: string | string[]): object => ({
  Condition: { [operator]: { [key]: value } },
});
const of = (account: string): object => ({ Principal: { AWS: `arn:aws:iam::${account}:root` } });

describe("whom a resource's policy lets in", () => {
  it.each<[string, object[], string[]]>([
    ['everybody', [resource({})], ['*']],
    ['everybody in a list', [resource({ Principal: { AWS: ['*'] } })], ['*']],
    [
      'everybody as whoever is in any account',
      [resource({ Principal: { AWS: 'arn:aws:iam::*:root' } })],
      ['*'],
    ],
    ['everybody but one', [resource({ Principal: undefined, NotPrincipal: { AWS: OWN } })], ['*']],
    ['its own account', [resource(of(OWN))], []],
    ['a trusted one', [resource(of(TRUSTED))], []],
    ['another', [resource(of(OTHER))], [OTHER]],
    ['another by its id', [resource({ Principal: { AWS: [OWN, OTHER] } })], [OTHER]],
    [
      'a session of another',
      [resource({ Principal: { AWS: `arn:aws:sts::${OTHER}:assumed-role/r/s` } })],
      [OTHER],
    ],
    ['a service', [resource({ Principal: { Service: 'sns.amazonaws.com' } })], []],
    ['a user of CloudFront', [resource({ Principal: { AWS: 'arn:aws:iam::cloudfront:user/x' } })], []],
    ['who is gone', [resource({ Principal: { AWS: 'AIDACKCEVSQ6C2EXAMPLE' } })], []],
    [
      'another, of an organisation',
      [resource({ ...of(OTHER), ...when('StringEquals', 'aws:PrincipalOrgID', 'o-1') })],
      [],
    ],
    ['any organisation', [resource(when('StringLike', 'aws:PrincipalOrgID', '*'))], ['*']],
    [
      'an organisation, if it is said',
      [resource(when('StringEqualsIfExists', 'aws:PrincipalOrgID', 'o-1'))],
      ['*'],
    ],
    ['an account by a condition', [resource(when('StringEquals', 'aws:SourceAccount', OWN))], []],
    [
      'others by a condition',
      [resource(when('StringEquals', 'aws:PrincipalAccount', [OWN, OTHER]))],
      [OTHER],
    ],
    ['others by an ARN', [resource(when('ArnLike', 'aws:SourceArn', `arn:aws:sns:*:${OTHER}:*`))], [OTHER]],
    ['ARNs of any account', [resource(when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/x'))], ['*']],
    [
      'another that is left out',
      [resource({ ...of(OTHER), ...when('StringEquals', 'aws:PrincipalAccount', OWN) })],
      [],
    ],
    ['organisations by a pattern', [resource(when('StringLike', 'aws:PrincipalOrgID', 'o-*'))], ['*']],
    [
      'a part of an organisation',
      [resource(when('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-1/r-1/ou-1/*'))],
      [],
    ],
    ['accounts by a pattern', [resource(when('StringLike', 'aws:PrincipalAccount', '1*'))], ['*']],
    ['any role', [resource(when('StringLike', 'aws:userid', 'AROA*'))], ['*']],
    ['sessions of a role', [resource(when('StringLike', 'aws:userid', 'AROAEXAMPLE:*'))], []],
    ['a bucket, as once documented', [resource(when('ArnLike', 'aws:SourceArn', 'arn:aws:s3:*:*:b'))], []],
    ['a whole private block', [resource(when('IpAddress', 'aws:SourceIp', '172.16.0.0/12'))], []],
    ['part of one', [resource(when('IpAddress', 'aws:SourceIp', ['10.0.0.0/9', 'fc00::/7']))], []],
    ['more than one', [resource(when('IpAddress', 'aws:SourceIp', '10.0.0.0/7'))], ['*']],
    ['a public range', [resource(when('IpAddress', 'aws:SourceIp', '198.51.100.0/24'))], ['*']],
    ['a bucket', [resource(when('ArnEquals', 'aws:SourceArn', 'arn:aws:s3:::theirs'))], []],
    ['an endpoint', [resource(when('StringEquals', 'aws:SourceVpce', 'vpce-1'))], []],
    ['its own resources only', [resource(when('StringEquals', 'aws:ResourceAccount', OWN))], ['*']],
    ['who signs nothing', [resource(when('StringEquals', 'lambda:FunctionUrlAuthType', 'NONE'))], ['*']],
    [
      'another, taken back',
      [resource(of(OTHER)), resource({ Effect: 'Deny', Action: 's3:*', Resource: '*' })],
      [],
    ],
  ])('%s', (_, statements, expected) => {
    const known = { accountId: OWN, trusted: [TRUSTED] };
    expect(foreignAccounts(parsed(...statements), known)).toEqual(expected);
    expect(publicStatements(parsed(...statements)).length > 0).toBe(expected.includes('*'));
  });
});

describe('how an identity gets more rights', () => {
  const allow = (Action: string | string[], more: object = {}): object => ({
    Effect: 'Allow',
    Action,
    Resource: '*',
    ...more,
  });
  const passTo = (...services: string[]): object =>
    allow('iam:PassRole', when('StringEquals', 'iam:PassedToService', services));

  it.each<[string, object[], string[]]>([
    ['reading', [allow('iam:Get*')], []],
    ['an administrator', [allow('*')], []],
    ['one action', [allow('IAM:CREATEPOLICYVERSION')], ['iam:CreatePolicyVersion']],
    [
      'a pattern',
      [allow('iam:Attach*Policy')],
      ['iam:AttachUserPolicy', 'iam:AttachGroupPolicy', 'iam:AttachRolePolicy'],
    ],
    [
      'on all users',
      [allow('iam:CreateAccessKey', { Resource: `arn:aws:iam::${OWN}:user/*` })],
      ['iam:CreateAccessKey'],
    ],
    ['on oneself', [allow('iam:CreateAccessKey', { Resource: 'arn:aws:iam::*:user/${aws:username}' })], []],
    ['on some roles', [allow('iam:PutRolePolicy', { Resource: `arn:aws:iam::${OWN}:role/app-*` })], []],
    [
      'with a boundary',
      [allow('iam:PutUserPolicy', when('StringEquals', 'iam:PermissionsBoundary', 'arn'))],
      [],
    ],
    ['half of a path', [allow('iam:UpdateAssumeRolePolicy')], []],
    [
      'both halves, in two statements',
      [allow('iam:UpdateAssumeRolePolicy'), allow('sts:*')],
      ['iam:UpdateAssumeRolePolicy + sts:AssumeRole'],
    ],
    ['denied', [allow('iam:AddUserToGroup'), allow('iam:Add*', { Effect: 'Deny' })], []],
    [
      'denied where something holds',
      [
        allow('iam:AddUserToGroup'),
        allow('iam:*', { Effect: 'Deny', ...when('Bool', 'aws:MultiFactorAuthPresent', 'false') }),
      ],
      ['iam:AddUserToGroup'],
    ],
    ['a role to a machine', [allow(['iam:PassRole', 'ec2:*'])], ['iam:PassRole + ec2:RunInstances']],
    [
      'a role to that machine',
      [passTo('ec2.amazonaws.com'), allow('ec2:*')],
      ['iam:PassRole + ec2:RunInstances'],
    ],
    ['a role to something else', [passTo('lambda.amazonaws.com'), allow('ec2:*')], []],
    ['one role', [allow('iam:PassRole', { Resource: `arn:aws:iam::${OWN}:role/app` }), allow('ec2:*')], []],
    [
      'all but some actions',
      [{ Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], Resource: '*' }],
      ['lambda:UpdateFunctionCode', 'glue:UpdateDevEndpoint'],
    ],
    [
      'all but some resources',
      [allow('iam:PutUserPolicy', { Resource: undefined, NotResource: 'x' })],
      ['iam:PutUserPolicy'],
    ],
  ])('%s', (_, statements, expected) => {
    expect(escalationPaths(parsed(...statements))).toEqual(expected);
  });
});

describe('a pattern', () => {
  it.each([
    ['*', '', true],
    ['s3:*', 's3:getobject', true],
    ['s3:get*', 's3:putobject', false],
    ['*:get?bject*', 's3:getobject', true],
    ['a?c', 'ac', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-b-b', false],
    ['a.c', 'abc', false],
  ])('%s stands for %s: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it('takes no time', () => {
    expect(matches(`${'*a'.repeat(5000)}b`, 'a'.repeat(2000))).toBe(false);
  });
});
