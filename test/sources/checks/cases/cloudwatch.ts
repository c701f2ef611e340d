import type {
  Alarm,
  LogGroup,
  LogSample,
} from '../../../../src/sources/checks/services/cloudwatch/collect.ts';
import { ACCOUNT, REGION } from '../support.ts';
import type { Answers } from '../support.ts';
import type { Case, Cases } from './case.ts';
import { trail } from './cloudtrail.ts';

const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:alarms`;
const LOG_GROUP = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:trail`;

interface Chain {
  trail?: Parameters<typeof trail>[0];
  logging?: boolean;
  pattern?: string;
  alarm?: Partial<Alarm>;
  subscribers?: number;
}

const alarm = (more: Partial<Alarm> = {}): Alarm => ({
  id: `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:a`,
  name: 'a',
  region: REGION,
  actionsEnabled: true,
  actions: [TOPIC],
  metrics: ['Security/m'],
  ...more,
});
const chained = ({
  trail: own = {},
  logging = true,
  pattern = '',
  alarm: fires = {},
  subscribers = 1,
}: Chain): Answers => ({
  'cloudtrail:DescribeTrails': [trail(own)],
  'cloudtrail:GetTrailStatus': { [trail().id]: { logging, lastToLogGroup: null } },
  'cloudwatch-logs:DescribeMetricFilters': [
    {
      id: `${LOG_GROUP}:metric-filter:f`,
      name: 'f',
      region: REGION,
      logGroupArn: LOG_GROUP,
      pattern,
      metrics: ['Security/m'],
    },
  ],
  'cloudwatch:DescribeAlarms': [alarm(fires)],
  'sns:ListSubscriptionsByTopic': [{ id: TOPIC, confirmedSubscribers: subscribers }],
});
const filtered = (pattern: string, says: string): Case => ({
  what: pattern,
  answers: chained({ pattern }),
  says: [says],
});
/** Events by their names, all of them and all but each one. */
const named = (names: string, source?: string): Case[] => {
  const all = names.split(' ');
  const pattern = (some: readonly string[]): string => {
    const events = some.map((name) => `($.eventName = ${name})`).join(' || ');
    return source === undefined
      ? `{ ${events} }`
      : `{ ($.eventSource = "${source}.amazonaws.com") && (${events}) }`;
  };
  return [
    filtered(pattern(all.toReversed()), 'pass'),
    ...all.map((left) => filtered(pattern([...all.filter((name) => name !== left), 'Other']), 'fail')),
    ...(source === undefined ? [] : [filtered(pattern(all).replace(source, 'other'), 'fail')]),
  ];
};
const group = (what: string, more: Partial<LogGroup>, ...says: string[]): Case => ({
  what,
  answers: {
    'cloudwatch-logs:DescribeLogGroups': [
      { id: 'g', name: 'g', retentionDays: null, keyArn: null, groupClass: 'STANDARD', ...more },
    ],
  },
  says,
});
const sampled = (what: string, sample: LogSample | null, says: string): Case => ({
  what,
  answers: { ...group(what, {}).answers, 'cloudwatch-logs:FilterLogEvents': { g: sample } },
  says: [says],
});
const resourcePolicy = (what: string, statement: object, says: string): Case => ({
  what,
  answers: {
    'cloudwatch-logs:DescribeResourcePolicies': [
      {
        id: 'p',
        name: 'p',
        document: JSON.stringify({
          Statement: {
            Effect: 'Allow',
            Principal: '*',
            Action: 'logs:PutLogEvents',
            Resource: '*',
            ...statement,
          },
        }),
      },
    ],
  },
  says: [says],
});
const acting = (what: string, more: Partial<Alarm>, says: string): Case => ({
  what,
  answers: { 'cloudwatch:DescribeAlarms': [alarm(more)] },
  says: [says],
});

const SIGN_IN = '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }';
const chain = (what: string, more: Chain, says: string): Case => ({
  what,
  answers: chained({ pattern: SIGN_IN, ...more }),
  says: [says],
});

export const cloudwatchCases: Cases = {
  'cw-alarm-auth-failure': [
    { what: 'no trail', answers: {}, says: ['fail'] },
    chain('all of it', {}, 'pass'),
    chain('a trail that is stopped', { logging: false }, 'fail'),
    chain('a trail of one region', { trail: { multiRegion: false } }, 'fail'),
    chain('no log group', { trail: { logGroupArn: null } }, 'fail'),
    chain('another log group', { trail: { logGroupArn: `${LOG_GROUP}-2:*` } }, 'fail'),
    chain(
      'a log group of another account',
      { trail: { logGroupArn: LOG_GROUP.replace(ACCOUNT, '222222222222') } },
      'unknown',
    ),
    chain(
      'a log group of another region',
      { trail: { logGroupArn: LOG_GROUP.replace(REGION, 'ap-south-1') } },
      'unknown',
    ),
    chain('another metric', { alarm: { metrics: ['Security/n'] } }, 'fail'),
    chain('an alarm of another region', { alarm: { region: 'us-east-1' } }, 'fail'),
    chain('an alarm that is switched off', { alarm: { actionsEnabled: false } }, 'fail'),
    chain('an alarm that does nothing', { alarm: { actions: [] } }, 'fail'),
    chain('nobody listens', { subscribers: 0 }, 'fail'),
    chain(
      'a topic of another account',
      { subscribers: 0, alarm: { actions: [TOPIC.replace(ACCOUNT, '222222222222')] } },
      'pass',
    ),
    filtered('{$.errorMessage="Failed authentication"&&$.eventName="ConsoleLogin"}', 'pass'),
    filtered(
      '{ ($.eventName = "Console*") && ($.errorMessage = "*") && ($.sourceIPAddress != "10.0.0.1") }',
      'pass',
    ),
    filtered(`{ ($.eventName = Other) || (${SIGN_IN.slice(1, -1)}) }`, 'pass'),
    filtered('{ ($.eventName = ConsoleLogin) && ($.eventName = Other) && ($.errorMessage = *) }', 'fail'),
    filtered('{ ($.eventName != ConsoleLogin) && ($.errorMessage = "Failed authentication") }', 'fail'),
    filtered('ConsoleLogin Failed authentication', 'fail'),
    filtered(SIGN_IN.slice(0, -2), 'fail'),
  ],
  'cw-alarm-unauthorized-api': [
    filtered('{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }', 'pass'),
    filtered(
      '{ ($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }',
      'pass',
    ),
    filtered('{ $.errorCode = "AccessDenied*" }', 'fail'),
  ],
  'cw-alarm-console-no-mfa': [
    filtered('{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }', 'pass'),
    filtered(
      '{ $.eventName = ConsoleLogin && $.additionalEventData.MFAUsed != Yes && $.userIdentity.type = "IAMUser" && $.responseElements.ConsoleLogin = "Success" }',
      'pass',
    ),
    filtered('{ $.eventName = ConsoleLogin }', 'fail'),
  ],
  'cw-alarm-root-use': [
    filtered(
      '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
      'pass',
    ),
    filtered('{ $.userIdentity.type = "Root" && $.eventType != "AwsServiceEvent" }', 'fail'),
  ],
  'cw-alarm-iam-change': named(
    'DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy DetachGroupPolicy',
  ),
  'cw-alarm-cloudtrail-change': named('CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging'),
  'cw-alarm-key-deletion': named('DisableKey ScheduleKeyDeletion', 'kms'),
  'cw-alarm-bucket-policy-change': named(
    'PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication',
    's3',
  ),
  'cw-alarm-config-change': named(
    'StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder',
    'config',
  ),
  'cw-alarm-sg-change': named(
    'AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup',
  ),
  'cw-alarm-nacl-change': named(
    'CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation',
  ),
  'cw-alarm-gateway-change': named(
    'CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway',
  ),
  'cw-alarm-route-change': named(
    'CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable',
    'ec2',
  ),
  'cw-alarm-vpc-change': named(
    'CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink EnableVpcClassicLink',
  ),
  'cw-alarm-org-change': named(
    'AcceptHandshake AttachPolicy CreateAccount CreateOrganizationalUnit CreatePolicy DeclineHandshake DeleteOrganization DeleteOrganizationalUnit DeletePolicy DetachPolicy DisablePolicyType EnablePolicyType InviteAccountToOrganization LeaveOrganization MoveAccount RemoveAccountFromOrganization UpdatePolicy UpdateOrganizationalUnit',
    'organizations',
  ),
  'cw-alarm-no-action': [
    acting('an action', {}, 'pass'),
    acting('none', { actions: [] }, 'fail'),
    acting('switched off', { actionsEnabled: false }, 'fail'),
  ],
  'cw-log-group-retention': [
    group('a year', { retentionDays: 365 }, 'pass'),
    group('less', { retentionDays: 364 }, 'fail'),
    group('for ever', {}, 'pass'),
  ],
  'cw-log-group-kms': [group('a key', { keyArn: 'k' }, 'pass'), group('none', {}, 'fail')],
  'cw-log-group-public': [
    resourcePolicy('everybody', {}, 'fail'),
    resourcePolicy('a service', { Principal: { Service: 'es.amazonaws.com' } }, 'pass'),
    resourcePolicy('an account', { Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }, 'pass'),
  ],
  'cw-log-group-secrets': [
    sampled('nothing', { events: 0, secrets: [] }, 'pass'),
    sampled(
      'a key',
      { events: 3, secrets: [{ stream: 's', time: '2026-11-20T00:00:00.000Z', kind: 'AWS access key' }] },
      'fail',
    ),
    sampled('of a class that cannot be read', null, 'unknown'),
  ],
};
