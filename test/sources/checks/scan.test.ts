import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateVolumeCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import type { Observation } from '../../../src/model/observation.ts';
import type { Verdict } from '../../../src/sources/checks/evaluate.ts';
import { checks } from '../../../src/sources/checks/index.ts';
import { judgeSnapshot } from '../../../src/sources/checks/interpret.ts';
import { startRecorder } from '../../support/aws-recorder.ts';
import type { AwsRecorder } from '../../support/aws-recorder.ts';
import { collectWhole } from '../../support/collect-whole.ts';
import { emptyLedger } from '../../support/ledger.ts';
import { startMoto } from '../../support/moto-server.ts';
import type { Moto } from '../../support/moto-server.ts';

const REGIONS = ['eu-west-1', 'eu-central-1'];
/** Moto has more than a thousand snapshots from the start: their checks would take a minute. */
const CHECKS = [
  'ec2-ebs-default-encryption',
  'ec2-ebs-volume-encrypted',
  'iam-user-administrator',
  's3-bucket-tls-only',
];
const SETTINGS = {
  depth: 'quick' as const,
  timeoutMs: 60_000,
  frameworksFolder: undefined,
  folder: undefined,
  parameters: {},
};
const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'testing' };

let moto: Moto;
let recorder: AwsRecorder;
let folder: string;

beforeAll(async () => {
  moto = await startMoto();
  recorder = await startRecorder(moto.url);
  folder = await mkdtemp(join(tmpdir(), 'vedette-checks-'));
  const client = { endpoint: moto.url, credentials: KEYS, region: 'eu-west-1' };
  for (const [Bucket, region] of [
    ['assets', 'eu-west-1'],
    ['elsewhere', 'ap-south-1'],
  ] as const) {
    const s3 = new S3Client({ ...client, region, forcePathStyle: true });
    const CreateBucketConfiguration = { LocationConstraint: region };
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  }
  await new IAMClient(client).send(new CreateUserCommand({ UserName: 'ann' }));
  await new EC2Client(client).send(new CreateVolumeCommand({ AvailabilityZone: 'eu-west-1a', Size: 1 }));
}, 60_000);

afterAll(async () => {
  await recorder.stop();
  await moto.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a scan by checks', () => {
  it('calls the asked regions, and no others but that of services without regions', async () => {
    const { verdicts } = await scan();
    const of = (service: string) =>
      new Set(recorder.signed.filter((one) => one.service === service).map((one) => one.region));
    expect([...of('ec2')].toSorted()).toEqual(REGIONS.toSorted());
    expect([...of('iam')]).toEqual(['us-east-1']);
    expect([...of('s3')].toSorted()).toEqual(['eu-west-1', 'us-east-1']);
    const all = new Set(recorder.signed.map(({ region }) => region));
    expect([...all].toSorted()).toEqual([...REGIONS, 'us-east-1'].toSorted());
    expect(saidOf(verdicts, 'ec2-ebs-volume-encrypted')).toEqual(['fail']);
    expect(saidOf(verdicts, 'ec2-ebs-default-encryption')).toEqual(['fail', 'fail']);
    expect(saidOf(verdicts, 's3-bucket-tls-only')).toEqual(['fail']);
    expect(saidOf(verdicts, 'iam-user-administrator')).toEqual(['pass']);
  });

  it('makes each list once in a place', async () => {
    recorder.signed.length = 0;
    await scan({ checks: ['ec2-sg-open-ssh', 'ec2-sg-open-rdp', 'ec2-sg-open-all'] });
    // Who it is, then groups and interfaces in each region.
    expect(recorder.signed.map(({ service }) => service).toSorted()).toEqual([
      'ec2',
      'ec2',
      'ec2',
      'ec2',
      'sts',
    ]);
  });

  it('has the same events from the same account', async () => {
    const [one, other] = [await scan(), await scan()];
    const hashes = (observations: Observation[]) =>
      observations.flatMap((all) => (all.kind === 'event' ? [all.event.eventHash] : [])).toSorted();
    expect(hashes(one.observations)).toEqual(hashes(other.observations));
    expect(new Set(hashes(one.observations)).size).toBe(hashes(one.observations).length);
  });

  it('does not know what a refused call would have told, and knows everything else', async () => {
    recorder.denied = 'DescribeVolumes';
    const { verdicts, observations } = await scan().finally(() => {
      recorder.denied = null;
    });
    const volumes = verdicts.filter(({ checkId }) => checkId === 'ec2-ebs-volume-encrypted');
    expect(volumes.map(({ verdict, region, reason }) => ({ verdict, region, reason }))).toEqual(
      REGIONS.map((region) => ({
        verdict: 'unknown',
        region,
        reason: 'denied: ec2:DescribeVolumes (UnauthorizedOperation)',
      })),
    );
    expect(saidOf(verdicts, 'ec2-ebs-default-encryption')).toEqual(['fail', 'fail']);
    const scope = observations.flatMap((all) => (all.kind === 'scan' ? all.scan.scope.unseen : []));
    expect(scope.filter(({ checkId }) => checkId === 'ec2-ebs-volume-encrypted')).toEqual(
      REGIONS.map((region) => expect.objectContaining({ service: 'ec2', region })),
    );
  });

  it('ends a region in which nothing answers early, and says so', async () => {
    recorder.dead = 'eu-central-1';
    recorder.signed.length = 0;
    const all = { checks: ['ec2-ebs-volume-encrypted', 'ec2-ebs-default-encryption', 'ec2-sg-open-ssh'] };
    const { verdicts } = await scan(all).finally(() => {
      recorder.dead = null;
    });
    const there = verdicts.filter(({ region }) => region === 'eu-central-1');
    expect(there.map(({ verdict }) => verdict)).toEqual(there.map(() => 'unknown'));
    expect(there.map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(/^failed: ec2:\w+ \(aws-unreachable\)$/),
    );
    // Eight calls without an answer are enough; what was under way then may add to them.
    const asked = recorder.signed.filter(({ region }) => region === 'eu-central-1').length;
    expect(asked).toBeLessThan(4 * 4);
    expect(saidOf(verdicts, 'ec2-ebs-volume-encrypted')).toEqual(['fail', 'unknown']);
  });

  it('judges an old snapshot by the thresholds of today', async () => {
    const { verdicts, file } = await scan({ checks: ['iam-password-min-length'] });
    expect(saidOf(verdicts, 'iam-password-min-length')).toEqual(['fail']);
    const parameters = { 'iam-password-min-length': { min: 0 } };
    const again = await judgeSnapshot(file, { ...SETTINGS, parameters });
    const said: string[] = [];
    for await (const { verdict } of again.verdicts) said.push(verdict);
    expect(said).toEqual(['pass']);
  });
});

function saidOf(verdicts: readonly Verdict[], id: string): string[] {
  return verdicts.filter(({ checkId }) => checkId === id).map(({ verdict }) => verdict);
}

async function scan(options: { checks?: readonly string[] } = {}) {
  const context = {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    logger: pino({ level: 'silent' }),
  };
  const file = await collectWhole(
    checks,
    {
      settings: SETTINGS,
      home: folder,
      target: { kind: 'aws-profile', name: 'test', accountId: null },
      access: {
        credentials: async () => KEYS,
        region: null,
        endpoint: recorder.url,
        profile: null,
        environment: async () => ({}),
        explain: (cause) => cause as never,
      },
      options: { services: [], regions: REGIONS, initial: false, checks: CHECKS, ...options },
      folder: join(folder, 'scan'),
      ledger: emptyLedger(),
    },
    context,
  );
  const judged = await judgeSnapshot(file, SETTINGS);
  const verdicts: Verdict[] = [];
  for await (const verdict of judged.verdicts) verdicts.push(verdict);
  const observations: Observation[] = [];
  for await (const observation of checks.interpret(file, context, { settings: SETTINGS, home: folder }))
    observations.push(observation);
  return { verdicts, observations, file };
}
