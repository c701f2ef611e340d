import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeLines } from '../../../src/collect/snapshot.ts';
import { reportOf } from '../../../src/coverage/scoring/accounts.ts';
import type { DetectionKind } from '../../../src/model/coverage.ts';
import { selectorsOf } from '../../../src/sources/detections/calls/cloudtrail.ts';
import { interpretDetections } from '../../../src/sources/detections/interpret.ts';
import { REASONS } from '../../../src/sources/detections/reasons.ts';
import { readDetections } from '../../support/detections-scan.ts';
import type { Detected } from '../../support/detections-scan.ts';
import { ACCOUNT, ELSEWHERE, HERE, NOW, World } from '../../support/detections-world.ts';
import type { Listed } from '../../support/detections-world.ts';

const arn = (service: string, name: string, region = HERE): string =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${name}`;
const TOPIC = arn('sns', 'alerts');
const TRAIL = arn('cloudtrail', 'trail/main');
const RULE = arn('events', 'rule/stop-logging');
const ALARM = arn('cloudwatch', 'alarm:root');
const FUNCTION = arn('lambda', 'function:respond');
const CONTROL = 'S3.8';

const allowing = (services: string[], actions: string[], more: object = {}): string =>
  JSON.stringify({
    Statement: [
      { Effect: 'Allow', Principal: { Service: services }, Action: actions, Resource: '*', ...more },
    ],
  });
const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey*'];
const SERVICES = ['events.amazonaws.com', 'cloudwatch.amazonaws.com'];
const ofThisAccount = { Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } };

const pattern = (source: string, ...eventName: string[]): string =>
  JSON.stringify({
    source: [source],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: { eventName },
  });

/** An account in which one detection of each kind works. */
function working(): World {
  const world = new World();
  world.add(
    'cloudtrail:DescribeTrails',
    {
      id: TRAIL,
      name: 'main',
      homeRegion: HERE,
      isHome: true,
      multiRegion: true,
      globalEvents: true,
      logGroupArn: arn('logs', 'log-group:trail:*'),
    },
    {
      'cloudtrail:GetTrailStatus': { logging: true, deliveryError: null, logsError: null },
      'cloudtrail:GetEventSelectors': selectorsOf([], []),
    },
  );
  world.add(
    'eventbridge:ListRules',
    {
      id: RULE,
      name: 'stop-logging',
      bus: 'default',
      state: 'ENABLED',
      pattern: pattern('aws.cloudtrail', 'StopLogging'),
      managedBy: null,
    },
    { 'eventbridge:ListTargetsByRule': [{ arn: TOPIC, deadLetterArn: null }] },
  );
  world.add(
    'sns:ListTopics',
    { id: TOPIC, name: 'alerts' },
    {
      'sns:GetTopicAttributes': {
        policy: allowing(SERVICES, ['sns:Publish'], ofThisAccount),
        keyId: arn('kms', 'key/1'),
        keyPolicy: allowing(SERVICES, KEY_ACTIONS),
        subscriptions: 1,
      },
    },
  );
  world.add(
    'cloudwatch-logs:DescribeLogGroups',
    { id: arn('logs', 'log-group:trail'), name: 'trail', logClass: 'STANDARD' },
    {
      'cloudwatch-logs:DescribeSubscriptionFilters': [
        { name: 'respond', pattern: '{ $.eventName = "DeleteTrail" }', destinationArn: FUNCTION },
      ],
    },
  );
  world.add('cloudwatch-logs:DescribeMetricFilters', {
    id: arn('logs', 'log-group:trail:metric-filter:root'),
    name: 'root',
    group: 'trail',
    pattern: '{ $.eventName = "DeleteTrail" }',
    metrics: [{ namespace: 'Security', name: 'root' }],
  });
  world.add('cloudwatch:DescribeAlarms', {
    id: ALARM,
    name: 'root',
    kind: 'metric',
    actionsEnabled: true,
    actions: [TOPIC],
    state: 'OK',
    stateSince: NOW,
    // Both the metric of the filter and one of AWS itself.
    metrics: [
      { namespace: 'Security', name: 'root' },
      { namespace: 'AWS/Billing', name: 'EstimatedCharges' },
    ],
    missingData: 'missing',
    rule: null,
  });
  world.add(
    'lambda:ListFunctions',
    { id: FUNCTION, name: 'respond' },
    {
      'lambda:GetFunctionConfiguration': { state: 'Active' },
      'lambda:GetPolicy': {
        policy: allowing(['logs.amazonaws.com', 'config.amazonaws.com'], ['lambda:InvokeFunction']),
      },
    },
  );
  world.add('config-service:DescribeConfigRules', {
    id: arn('config', 'config-rule/public'),
    name: 'public',
    owner: 'AWS',
    identifier: 'S3_BUCKET_PUBLIC_READ_PROHIBITED',
    state: 'ACTIVE',
    resourceTypes: ['AWS::S3::Bucket'],
  });
  world.add('config-service:DescribeConfigurationRecorders', {
    id: arn('config', 'recorder/default'),
    name: 'default',
    allSupported: true,
    strategy: 'ALL_SUPPORTED_RESOURCE_TYPES',
    included: [],
    excluded: [],
  });
  world.add('config-service:DescribeConfigurationRecorderStatus', {
    id: arn('config', 'recorder-status/default'),
    name: 'default',
    recording: true,
    lastStatus: 'SUCCESS',
  });
  world.add('config-service:DescribeDeliveryChannels', { id: arn('config', 'channel/default') });
  world.add('config-service:DescribeConfigRuleEvaluationStatus', {
    id: arn('config', 'status/public'),
    rule: 'public',
    error: null,
  });
  world.add(
    'guardduty:ListDetectors',
    { id: arn('guardduty', 'detector/d1'), detectorId: 'd1' },
    {
      'guardduty:GetDetector': { enabled: true, features: ['S3_DATA_EVENTS', 'CLOUD_TRAIL'] },
      'guardduty:ListFilters': [],
    },
  );
  world.add('securityhub:DescribeHub', { id: arn('securityhub', 'hub/default') });
  world.add(
    'securityhub:GetEnabledStandards',
    { id: arn('securityhub', 'subscription/fsbp'), arn: 'fsbp', status: 'READY' },
    {
      'securityhub:DescribeStandardsControls': [{ id: CONTROL, title: 'Block public access', enabled: true }],
    },
  );
  world.add(
    'accessanalyzer:ListAnalyzers',
    { id: arn('access-analyzer', 'analyzer/a'), name: 'a', status: 'ACTIVE', kind: 'ACCOUNT' },
    { 'accessanalyzer:ListArchiveRules': [] },
  );
  world.add('macie2:GetMacieSession', { id: arn('macie2', 'session'), status: 'ENABLED' });
  return world;
}

let folder: string;
let whole: Detected;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vedette-broken-'));
  whole = await read(working());
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(world: World): Promise<Detected> {
  const file = join(folder, 'snapshot.jsonl.gz');
  await writeLines(world.lines(), file, new AbortController().signal);
  return readDetections(interpretDetections(file));
}

/** What is broken by it: of which kind, of which name. */
type Case = [code: string, what: string, kind: DetectionKind, name: string, change: (world: World) => void];

const CASES: readonly Case[] = [
  [
    'rule-disabled',
    'a disabled rule',
    'eventbridge-rule',
    'stop-logging',
    (world) => world.change('eventbridge:ListRules', { state: 'DISABLED' }),
  ],
  [
    'no-target',
    'a rule without a target',
    'eventbridge-rule',
    'stop-logging',
    (world) => {
      (world.of('eventbridge:ListRules')[0] as Listed).details['eventbridge:ListTargetsByRule'] = [];
    },
  ],
  [
    'target-gone',
    'a rule whose topic is gone',
    'eventbridge-rule',
    'stop-logging',
    (world) => world.lists.delete('sns:ListTopics'),
  ],
  [
    'target-refuses',
    'a topic of another rule',
    'eventbridge-rule',
    'stop-logging',
    (world) =>
      world.tell('sns:ListTopics', 'sns:GetTopicAttributes', {
        policy: allowing(SERVICES, ['sns:Publish'], {
          Condition: { ArnEquals: { 'aws:SourceArn': arn('events', 'rule/other') } },
        }),
      }),
  ],
  [
    'key-refuses',
    "a topic under AWS's own key",
    'eventbridge-rule',
    'stop-logging',
    (world) => world.tell('sns:ListTopics', 'sns:GetTopicAttributes', { keyId: 'alias/aws/sns' }),
  ],
  [
    'key-refuses',
    'a key that lets EventBridge in for an account, which it does not name',
    'eventbridge-rule',
    'stop-logging',
    (world) =>
      world.tell('sns:ListTopics', 'sns:GetTopicAttributes', {
        keyPolicy: allowing(SERVICES, KEY_ACTIONS, ofThisAccount),
      }),
  ],
  [
    'key-refuses',
    'a key that lets nobody in',
    'log-alarm',
    'root',
    (world) => world.tell('sns:ListTopics', 'sns:GetTopicAttributes', { keyPolicy: '{}' }),
  ],
  [
    'no-subscriber',
    'a topic without a confirmed subscription',
    'eventbridge-rule',
    'stop-logging',
    (world) => world.tell('sns:ListTopics', 'sns:GetTopicAttributes', { subscriptions: 0 }),
  ],
  [
    'reads-unseen',
    'a rule on reading events',
    'eventbridge-rule',
    'stop-logging',
    (world) => world.change('eventbridge:ListRules', { pattern: pattern('aws.iam', 'ListUsers') }),
  ],
  [
    'global-events-elsewhere',
    'a rule on IAM in another region',
    'eventbridge-rule',
    'stop-logging',
    (world) =>
      world.change('eventbridge:ListRules', {
        id: arn('events', 'rule/stop-logging', ELSEWHERE),
        pattern: pattern('aws.iam', 'CreateUser'),
      }),
  ],
  [
    'bus-without-events',
    'a rule on a bus of its own',
    'eventbridge-rule',
    'stop-logging',
    (world) => world.change('eventbridge:ListRules', { bus: 'mine' }),
  ],
  [
    'pattern-unreadable',
    'a rule whose pattern cannot be read',
    'eventbridge-rule',
    'stop-logging',
    (world) => world.change('eventbridge:ListRules', { pattern: '{"source": [' }),
  ],
  [
    'no-trail',
    'a rule on calls without a trail',
    'eventbridge-rule',
    'stop-logging',
    (world) => world.lists.delete('cloudtrail:DescribeTrails'),
  ],
  [
    'no-trail',
    'a trail of another region alone',
    'eventbridge-rule',
    'stop-logging',
    (world) =>
      world.change('cloudtrail:DescribeTrails', {
        id: arn('cloudtrail', 'trail/main', ELSEWHERE),
        homeRegion: ELSEWHERE,
        multiRegion: false,
      }),
  ],
  [
    'data-events-off',
    'a rule on objects that no trail records',
    'eventbridge-rule',
    'stop-logging',
    (world) => world.change('eventbridge:ListRules', { pattern: pattern('aws.s3', 'PutObject') }),
  ],
  [
    'no-detector',
    'a rule on findings of a suspended GuardDuty',
    'eventbridge-rule',
    'stop-logging',
    (world) => {
      world.change('eventbridge:ListRules', { pattern: JSON.stringify({ source: ['aws.guardduty'] }) });
      world.tell('guardduty:ListDetectors', 'guardduty:GetDetector', { enabled: false });
    },
  ],
  [
    'trail-stopped',
    'a stopped trail',
    'cloudtrail',
    'main',
    (world) => world.tell('cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', { logging: false }),
  ],
  [
    'trail-delivery-error',
    'a trail that cannot deliver',
    'cloudtrail',
    'main',
    (world) =>
      world.tell('cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', {
        deliveryError: 'AccessDenied',
      }),
  ],
  [
    'trail-without-management-events',
    'a trail of reading events',
    'cloudtrail',
    'main',
    (world) =>
      world.tell(
        'cloudtrail:DescribeTrails',
        'cloudtrail:GetEventSelectors',
        selectorsOf([{ ReadWriteType: 'ReadOnly' }], []),
      ),
  ],
  [
    'log-group-gone',
    'a filter whose log group is gone',
    'log-alarm',
    'root',
    (world) => world.lists.delete('cloudwatch-logs:DescribeLogGroups'),
  ],
  [
    'log-group-unfed',
    'a log group that no trail feeds',
    'log-alarm',
    'root',
    (world) => world.change('cloudtrail:DescribeTrails', { logGroupArn: null }),
  ],
  [
    'log-delivery-error',
    'a trail that cannot write to the log group',
    'log-alarm',
    'root',
    (world) =>
      world.tell('cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', { logsError: 'AccessDenied' }),
  ],
  [
    'log-class-without-filters',
    'a log group for rare access',
    'log-alarm',
    'root',
    (world) => world.change('cloudwatch-logs:DescribeLogGroups', { logClass: 'INFREQUENT_ACCESS' }),
  ],
  [
    'no-alarm',
    'a filter without an alarm',
    'log-alarm',
    'root',
    (world) => world.change('cloudwatch:DescribeAlarms', { metrics: [] }),
  ],
  [
    'alarm-actions-off',
    'an alarm that may not act',
    'alarm',
    'root',
    (world) => world.change('cloudwatch:DescribeAlarms', { actionsEnabled: false }),
  ],
  [
    'no-alarm-action',
    'an alarm that tells nobody',
    'alarm',
    'root',
    (world) => world.change('cloudwatch:DescribeAlarms', { actions: [] }),
  ],
  [
    'alarm-without-data',
    'an alarm that has had no data for days',
    'alarm',
    'root',
    (world) =>
      world.change('cloudwatch:DescribeAlarms', {
        state: 'INSUFFICIENT_DATA',
        stateSince: '2026-11-20T00:00:00.000Z',
      }),
  ],
  [
    'function-gone',
    'a subscription whose function is gone',
    'log-subscription',
    'respond',
    (world) => world.lists.delete('lambda:ListFunctions'),
  ],
  [
    'function-gone',
    'a rule of AWS Config whose function is gone',
    'config-rule',
    'public',
    (world) =>
      world.change('config-service:DescribeConfigRules', {
        owner: 'CUSTOM_LAMBDA',
        identifier: arn('lambda', 'function:judge'),
      }),
  ],
  [
    'no-recorder',
    'AWS Config without a recorder',
    'config-rule',
    'public',
    (world) => world.lists.delete('config-service:DescribeConfigurationRecorders'),
  ],
  [
    'recorder-stopped',
    'a stopped recorder, of which Security Hub lives too',
    'securityhub-control',
    `${CONTROL} Block public access`,
    (world) => world.change('config-service:DescribeConfigurationRecorderStatus', { recording: false }),
  ],
  [
    'recorder-failing',
    'a recorder that cannot deliver',
    'config-rule',
    'public',
    (world) => world.change('config-service:DescribeConfigurationRecorderStatus', { lastStatus: 'FAILURE' }),
  ],
  [
    'types-not-recorded',
    'a recorder of other types',
    'config-rule',
    'public',
    (world) =>
      world.change('config-service:DescribeConfigurationRecorders', {
        allSupported: false,
        strategy: 'INCLUSION_BY_RESOURCE_TYPES',
        included: ['AWS::EC2::Instance'],
      }),
  ],
  [
    'config-rule-inactive',
    'a rule that is being deleted',
    'config-rule',
    'public',
    (world) => world.change('config-service:DescribeConfigRules', { state: 'DELETING' }),
  ],
  [
    'config-rule-failing',
    'a rule that cannot be evaluated',
    'config-rule',
    'public',
    (world) =>
      world.change('config-service:DescribeConfigRuleEvaluationStatus', { error: 'InvalidParameterValue' }),
  ],
  [
    'detector-suspended',
    'a suspended detector',
    'guardduty',
    'GuardDuty FOUNDATIONAL',
    (world) => world.tell('guardduty:ListDetectors', 'guardduty:GetDetector', { enabled: false }),
  ],
  [
    'feature-off',
    'a feature that is off',
    'guardduty',
    'GuardDuty S3_DATA_EVENTS',
    (world) => world.tell('guardduty:ListDetectors', 'guardduty:GetDetector', { features: [] }),
  ],
  [
    'standard-not-ready',
    'a standard that is not ready',
    'securityhub-control',
    `${CONTROL} Block public access`,
    (world) => world.change('securityhub:GetEnabledStandards', { status: 'INCOMPLETE' }),
  ],
  [
    'control-disabled',
    'a disabled control',
    'securityhub-control',
    `${CONTROL} Block public access`,
    (world) => {
      const [standard] = world.of('securityhub:GetEnabledStandards') as [Listed];
      standard.details['securityhub:DescribeStandardsControls'] = [
        { id: CONTROL, title: 'Block public access', enabled: false },
      ];
    },
  ],
  [
    'analyzer-inactive',
    'an analyzer that failed',
    'access-analyzer',
    'a',
    (world) => world.change('accessanalyzer:ListAnalyzers', { status: 'FAILED' }),
  ],
  [
    'macie-paused',
    'a paused Macie',
    'macie',
    'Macie',
    (world) => world.change('macie2:GetMacieSession', { status: 'PAUSED' }),
  ],
];

const find = ({ detections }: Detected, kind: DetectionKind, name: string) =>
  detections.find((one) => one.kind === kind && one.name === name);

describe('an account in which everything works', () => {
  it.each([...new Set(CASES.map(([, , kind, name]) => `${kind} ${name}`))])('has a healthy %s', (which) => {
    const [kind, ...name] = which.split(' ');
    expect(find(whole, kind as DetectionKind, name.join(' '))?.health).toBe('healthy');
  });
});

describe('a broken detection', () => {
  it.each(CASES)('by %s: %s (%s %s)', async (code, _what, kind, name, change) => {
    const world = working();
    change(world);
    const seen = await read(world);
    const own = find(seen, kind, name);
    expect(own?.health).toBe('broken');
    const reason = own?.reasons.find((one) => one.code === code);
    const { text, remedy } = REASONS[code as keyof typeof REASONS];
    expect(reason).toMatchObject({ severity: 'broken', text, remedy });
    expect(reason?.fact).toMatch(/^[\w-]+:.+/);
    expect(seen.events).toContainEqual(
      expect.objectContaining({ checkId: code, resourceId: own?.id, resourceName: name }),
    );
    // Without any that works nothing is covered, whatever it would see.
    const account = { ...seen.coverage, accountId: ACCOUNT, scanId: 1, scanTime: NOW };
    const { summary } = reportOf([{ ...account, detections: own === undefined ? [] : [own] }], []);
    expect(summary).toMatchObject({ covered: 0, partial: 0 });
  });

  it('has a case here for each reason in an account of AWS', () => {
    const ofGoogle = /^(?:policy|channel|metric|bucket|data-access|scc|no-channel|no-alert-policy)/;
    const codes = Object.keys(REASONS).filter((code) => !ofGoogle.test(code));
    expect([...new Set(CASES.map(([code]) => code))].toSorted()).toEqual(codes.toSorted());
  });
});

describe('what looks broken and is not', () => {
  it.each<[string, (world: World) => void]>([
    [
      'a topic that refuses what is not encrypted',
      (world) =>
        world.tell('sns:ListTopics', 'sns:GetTopicAttributes', {
          policy: JSON.stringify({
            Statement: [
              ...(JSON.parse(allowing(SERVICES, ['sns:Publish'])) as { Statement: object[] }).Statement,
              {
                Effect: 'Deny',
                Principal: '*',
                Action: 'sns:Publish',
                Resource: '*',
                Condition: { Bool: { 'aws:SecureTransport': 'false' } },
              },
            ],
          }),
        }),
    ],
    [
      'a topic that refuses other organisations',
      (world) =>
        world.tell('sns:ListTopics', 'sns:GetTopicAttributes', {
          policy: JSON.stringify({
            Statement: [
              ...(JSON.parse(allowing(SERVICES, ['sns:Publish'])) as { Statement: object[] }).Statement,
              {
                Effect: 'Deny',
                Principal: '*',
                Action: 'sns:*',
                Resource: '*',
                Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } },
              },
            ],
          }),
        }),
    ],
    [
      'a key that SNS is to name the topic to',
      (world) =>
        world.tell('sns:ListTopics', 'sns:GetTopicAttributes', {
          keyPolicy: allowing(SERVICES, KEY_ACTIONS, {
            Condition: { StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': TOPIC } },
          }),
        }),
    ],
    [
      'a second target that is gone',
      (world) => {
        (world.of('eventbridge:ListRules')[0] as Listed).details['eventbridge:ListTargetsByRule'] = [
          { arn: TOPIC, deadLetterArn: null },
          { arn: arn('sns', 'nowhere'), deadLetterArn: null },
        ];
      },
    ],
    [
      'a rule whose queue for what cannot be delivered is gone',
      (world) => {
        (world.of('eventbridge:ListRules')[0] as Listed).details['eventbridge:ListTargetsByRule'] = [
          { arn: TOPIC, deadLetterArn: arn('sqs', 'nowhere') },
        ];
      },
    ],
  ])('%s', async (_what, change) => {
    const world = working();
    change(world);
    expect(find(await read(world), 'eventbridge-rule', 'stop-logging')?.health).toBe('healthy');
  });
});
