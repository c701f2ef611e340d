import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DisableRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { reportOf } from '../../../src/coverage/scoring/accounts.ts';
import type { AccountCoverage, Detection } from '../../../src/model/coverage.ts';
import type { Observation } from '../../../src/model/observation.ts';
import { detections } from '../../../src/sources/detections/index.ts';
import { collectWhole } from '../../support/collect-whole.ts';
import { emptyLedger } from '../../support/ledger.ts';
import { startMoto } from '../../support/moto-server.ts';
import type { Moto } from '../../support/moto-server.ts';

const REGION = 'us-east-1';
const ACCOUNT = '123456789012';
const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'testing' };

let moto: Moto;
let folder: string;
let observations: Observation[];

beforeAll(async () => {
  moto = await startMoto();
  folder = await mkdtemp(join(tmpdir(), 'vedette-detections-'));
  const client = { endpoint: moto.url, credentials: KEYS, region: REGION };
  await new S3Client({ ...client, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'trails' }));
  const logs = new CloudWatchLogsClient(client);
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'trail' }));
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'unfed' }));
  const trail = new CloudTrailClient(client);
  await trail.send(
    new CreateTrailCommand({
      Name: 'main',
      S3BucketName: 'trails',
      IsMultiRegionTrail: true,
      CloudWatchLogsLogGroupArn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:trail:*`,
      CloudWatchLogsRoleArn: `arn:aws:iam::${ACCOUNT}:role/trail`,
    }),
  );
  await trail.send(new StartLoggingCommand({ Name: 'main' }));
  const topicArn = await makeTopic(client, 'alerts');
  const events = new EventBridgeClient(client);
  const rule = async (name: string, source: string, eventName: string, targets: string[]): Promise<void> => {
    const pattern = {
      source: [source],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: { eventName: [eventName] },
    };
    await events.send(new PutRuleCommand({ Name: name, EventPattern: JSON.stringify(pattern) }));
    const Targets = targets.map((Arn, index) => ({ Id: String(index), Arn }));
    if (Targets.length > 0) await events.send(new PutTargetsCommand({ Rule: name, Targets }));
  };
  await rule('stop-logging', 'aws.cloudtrail', 'StopLogging', [topicArn]);
  await rule('switched-off', 'aws.iam', 'CreateUser', [topicArn]);
  await events.send(new DisableRuleCommand({ Name: 'switched-off' }));
  await rule('untold', 'aws.kms', 'ScheduleKeyDeletion', []);
  await rule('gone', 'aws.kms', 'DisableKey', [`arn:aws:sns:${REGION}:${ACCOUNT}:nowhere`]);
  await rule('reads', 'aws.secretsmanager', 'GetSecretValue', [topicArn]);
  const aws = await makeTopic(client, 'aws-key', 'alias/aws/sns');
  await rule('key', 'aws.s3', 'DeleteBucketPolicy', [aws]);
  for (const [name, group] of [
    ['root', 'trail'],
    ['no-alarm', 'trail'],
    ['unfed', 'unfed'],
  ] as const) {
    await logs.send(
      new PutMetricFilterCommand({
        filterName: name,
        logGroupName: group,
        filterPattern: '{ ($.eventName = DeleteTrail) || ($.eventName = StopLogging) }',
        metricTransformations: [{ metricName: name, metricNamespace: 'Security', metricValue: '1' }],
      }),
    );
  }
  const cloudwatch = new CloudWatchClient(client);
  for (const [name, AlarmActions] of [
    ['root', [topicArn]],
    ['unfed', []],
  ] as const) {
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: name,
        Namespace: 'Security',
        MetricName: name,
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        Period: 300,
        Statistic: 'Sum',
        Threshold: 0,
        TreatMissingData: 'notBreaching',
        AlarmActions: [...AlarmActions],
      }),
    );
  }
  observations = await scan();
}, 60_000);

afterAll(async () => {
  await moto.stop();
  await rm(folder, { recursive: true, force: true });
});

const found = (): Detection[] =>
  observations.flatMap((all) => (all.kind === 'detection' ? [all.detection] : []));
const named = (name: string, kind = 'eventbridge-rule'): Detection | undefined =>
  found().find((one) => one.name === name && one.kind === kind);
const brokenBy = (name: string, kind?: string): string[] =>
  (named(name, kind)?.reasons ?? []).filter(({ severity }) => severity === 'broken').map(({ code }) => code);

describe('a scan of detections', () => {
  it('finds a rule that works, and what it sees', () => {
    const rule = named('stop-logging');
    expect(rule).toMatchObject({ health: 'healthy', region: REGION, targetServices: ['CloudTrail'] });
    expect(rule?.techniques[0]?.id).toBe('T1562.008');
  });

  it('finds a metric filter with its alarm, fed by a trail of all regions', () => {
    expect(named('root', 'log-alarm')).toMatchObject({ health: 'healthy', sees: null });
  });

  it.each([
    ['switched-off', 'eventbridge-rule', ['rule-disabled']],
    ['untold', 'eventbridge-rule', ['no-target']],
    ['gone', 'eventbridge-rule', ['target-gone']],
    ['reads', 'eventbridge-rule', ['reads-unseen']],
    ['key', 'eventbridge-rule', ['key-refuses']],
    ['no-alarm', 'log-alarm', ['no-alarm']],
    ['unfed', 'log-alarm', ['log-group-unfed', 'no-alarm-action']],
  ])('%s (%s) is broken by %j', (name, kind, codes) => {
    expect(named(name, kind)?.health).toBe('broken');
    expect(brokenBy(name, kind)).toEqual(codes);
  });

  it('makes each an event that proves itself', () => {
    const events = observations.flatMap((all) => (all.kind === 'event' ? [all.event] : []));
    expect(events.find(({ checkId }) => checkId === 'no-target')).toMatchObject({
      service: 'eventbridge',
      resourceName: 'untold',
      details: { fact: 'events:ListTargetsByRule: []' },
    });
    expect(new Set(events.map(({ eventHash }) => eventHash)).size).toBe(events.length);
  });

  it('counts what works, and nothing that is broken', () => {
    const coverage = observations.flatMap((all): AccountCoverage[] =>
      all.kind === 'coverage' ? [all.coverage] : [],
    );
    const [first] = coverage as [AccountCoverage];
    const report = reportOf(
      [{ ...first, accountId: ACCOUNT, scanId: 1, scanTime: '', detections: found() }],
      [],
    );
    const status = (id: string) =>
      report.techniques.find((technique) => technique.id === id)?.techniqueCoverage;
    expect(status('T1562.008')).toBe(100);
    expect(status('T1136.003')).toBe(0);
    expect(first.servicesInUse).toContainEqual({ service: 'S3', regions: [REGION] });
    // Moto does not know these; so it is with a call that is refused.
    expect(first.unseen.length).toBeGreaterThan(0);
  });
});

async function makeTopic(
  client: { endpoint: string; credentials: typeof KEYS; region: string },
  name: string,
  keyId?: string,
): Promise<string> {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: ['events.amazonaws.com', 'cloudwatch.amazonaws.com'] },
    Action: 'sns:Publish',
    Resource: '*',
    Condition: { StringEquals: { 'AWS:SourceAccount': ACCOUNT } },
  };
  const { KeyMetadata } = await new KMSClient(client).send(
    new CreateKeyCommand({
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ ...statement, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] }],
      }),
    }),
  );
  const sns = new SNSClient(client);
  const { TopicArn = '' } = await sns.send(
    new CreateTopicCommand({
      Name: name,
      Attributes: {
        KmsMasterKeyId: keyId ?? (KeyMetadata?.Arn as string),
        Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      },
    }),
  );
  await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: `arn:aws:sqs:${REGION}:${ACCOUNT}:inbox` }),
  );
  return TopicArn;
}

async function scan(): Promise<Observation[]> {
  const context = {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    logger: pino({ level: 'silent' }),
  };
  const file = await collectWhole(
    detections,
    {
      settings: { timeoutMs: 60_000 },
      home: folder,
      target: { kind: 'aws-profile', name: 'test', accountId: null },
      access: {
        credentials: async () => KEYS,
        region: null,
        endpoint: moto.url,
        profile: null,
        environment: async () => ({}),
        explain: (cause) => cause as never,
      },
      ledger: emptyLedger(),
      options: { services: [], regions: [REGION], initial: false },
      folder: join(folder, 'scan'),
    },
    context,
  );
  const all: Observation[] = [];
  for await (const observation of detections.interpret(file, context, {
    settings: { timeoutMs: 60_000 },
    home: folder,
  }))
    all.push(observation);
  return all;
}
