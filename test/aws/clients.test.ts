import {
  DeleteBucketCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openClients } from '../../src/aws/clients.ts';
import type { AwsClients, ClientOptions } from '../../src/aws/clients.ts';
import { awsFailure } from '../../src/aws/failures.ts';
import type { AllowedCall } from '../../src/aws/read-only.ts';
import { SharedLimits } from '../../src/aws/shared-limits.ts';
import { hang, ok, refuse, reset, startAwsStandIn } from '../support/aws-stand-in.ts';
import type { AwsStandIn } from '../support/aws-stand-in.ts';
import { MOTO_ACCOUNT, startMoto } from '../support/moto-server.ts';
import type { Moto } from '../support/moto-server.ts';

const REGION = 'eu-west-1';
const LIST_BUCKETS = { service: 's3', operation: 'ListBuckets', region: REGION };
const allowed = new Set<AllowedCall>(['s3:GetBucketLocation', 's3:ListBuckets', 'sts:GetCallerIdentity']);

let limits: SharedLimits;
let opened: AwsClients[];
let stop: AbortController;

function open(endpoint: string, more: Partial<ClientOptions> = {}): AwsClients {
  const clients = openClients({
    access: {
      credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'fake' }),
      endpoint,
      profile: null,
    },
    account: MOTO_ACCOUNT,
    allowed,
    limits,
    signal: stop.signal,
    ...more,
  });
  opened.push(clients);
  return clients;
}

beforeEach(() => {
  limits = new SharedLimits();
  opened = [];
  stop = new AbortController();
});
afterEach(() => {
  for (const clients of opened) clients.close();
});

describe('against moto', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  }, 60_000);
  afterAll(() => moto?.stop());

  test('several services are read, each call counted', async () => {
    const clients = open(moto.url);
    const s3 = clients.of(S3Client, REGION);
    expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
    await s3.send(new ListBucketsCommand({}));
    const sts = clients.of(STSClient, 'us-east-1');
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(MOTO_ACCOUNT);
    expect(clients.counts.list()).toEqual([
      { ...LIST_BUCKETS, calls: 2, throttles: 0, errors: 0 },
      {
        service: 'sts',
        operation: 'GetCallerIdentity',
        region: 'us-east-1',
        calls: 1,
        throttles: 0,
        errors: 0,
      },
    ]);
  });

  test('there is one client for a service and region', () => {
    const clients = open(moto.url);
    expect(clients.of(S3Client, REGION)).toBe(clients.of(S3Client, REGION));
    expect(clients.of(S3Client, REGION)).not.toBe(clients.of(S3Client, 'us-east-1'));
  });
});

describe('against what fails', () => {
  let aws: AwsStandIn;
  beforeEach(async () => {
    aws = await startAwsStandIn();
  });
  afterEach(() => aws.stop());

  const failureOf = async (clients: AwsClients) => {
    const list = clients.of(S3Client, REGION).send(new ListBucketsCommand({}));
    const thrown: unknown = await list.then(
      () => undefined,
      (error: unknown) => error,
    );
    return awsFailure(thrown, LIST_BUCKETS);
  };

  test('an operation that is not on the list is refused before anything is sent', async () => {
    const clients = open(aws.url);
    const s3 = clients.of(S3Client, REGION);
    for (const command of [
      new DeleteBucketCommand({ Bucket: 'theirs' }),
      new HeadBucketCommand({ Bucket: 'theirs' }),
    ]) {
      await expect(s3.send(command)).rejects.toMatchObject({ type: 'aws-call-refused' });
    }
    expect(aws.requests).toBe(0);
    expect(clients.counts.total().calls).toBe(0);
  });

  test('throttling slows down everybody who calls that service of the account there, and nobody else', async () => {
    aws.answers = [refuse(503, 'SlowDown'), ok];
    const clients = open(aws.url);
    const { limiter } = limits.of(MOTO_ACCOUNT, REGION, 's3');
    const before = limiter.rate;
    await clients.of(S3Client, REGION).send(new ListBucketsCommand({}));
    expect(clients.counts.list()).toEqual([{ ...LIST_BUCKETS, calls: 2, throttles: 1, errors: 0 }]);
    expect(limiter.rate).toBeLessThan(before);
    open(aws.url);
    expect(limits.of(MOTO_ACCOUNT, REGION, 's3').limiter).toBe(limiter);
    expect(limits.of(MOTO_ACCOUNT, 'us-east-1', 's3').limiter.rate).toBe(before);
    expect(limits.of('222222222222', REGION, 's3').limiter.rate).toBe(before);
  });

  test('what is known of an account is forgotten when the last one closes', () => {
    const [one, two] = [open(aws.url), open(aws.url)];
    one.of(S3Client, REGION);
    const { limiter } = limits.of(MOTO_ACCOUNT, REGION, 's3');
    one.close();
    expect(limits.of(MOTO_ACCOUNT, REGION, 's3').limiter).toBe(limiter);
    two.close();
    expect(limits.of(MOTO_ACCOUNT, REGION, 's3').limiter).not.toBe(limiter);
    opened = [];
  });

  test('a refusal is not tried again', async () => {
    aws.answers = [refuse(403, 'AccessDenied')];
    expect(await failureOf(open(aws.url))).toMatchObject({
      kind: 'denied',
      code: 'AccessDenied',
      retryable: false,
    });
    expect(aws.requests).toBe(1);
  });

  test('a connection that is cut is tried as often as asked for', async () => {
    aws.answers = [reset];
    expect(await failureOf(open(aws.url, { maxAttempts: 2 }))).toMatchObject({
      kind: 'network',
      retryable: true,
    });
    expect(aws.requests).toBe(2);
    aws.answers = [reset, ok];
    await open(aws.url).of(S3Client, REGION).send(new ListBucketsCommand({}));
  });

  test('no answer is a failure of the network', async () => {
    aws.answers = [hang];
    const clients = open(aws.url, { maxAttempts: 1, timeouts: { connectMs: 1000, answerMs: 50 } });
    expect(await failureOf(clients)).toMatchObject({
      kind: 'network',
      code: 'TimeoutError',
      retryable: true,
    });
  });

  test('an operation that only fails is left alone, and the failure says so', async () => {
    aws.answers = [refuse(500, 'InternalError')];
    const clients = open(aws.url, { maxAttempts: 1 });
    for (let call = 0; call < 8; call += 1) {
      expect(await failureOf(clients)).toMatchObject({ kind: 'server', code: 'InternalError' });
    }
    expect(await failureOf(clients)).toMatchObject({
      kind: 'network',
      message: expect.stringMatching(/s3:ListBuckets in eu-west-1 is left alone.*InternalError/),
    });
    expect(aws.requests).toBe(8);
    // Another operation is another matter, and so is another region.
    aws.answers = [ok];
    await clients.of(S3Client, REGION).send(new GetBucketLocationCommand({ Bucket: 'assets' }));
    await clients.of(S3Client, 'us-east-1').send(new ListBucketsCommand({}));
  });

  test('an abort ends what hangs and what waits, with its reason', async () => {
    aws.answers = [hang];
    const clients = open(aws.url);
    const s3 = clients.of(S3Client, REGION);
    const calls = Array.from({ length: 60 }, () => s3.send(new ListBucketsCommand({})));
    while (aws.requests === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort(new Error('enough'));
    for (const call of await Promise.allSettled(calls)) {
      expect(call).toMatchObject({ status: 'rejected', reason: { message: 'enough' } });
    }
    while (aws.connections.open > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(s3.send(new ListBucketsCommand({}))).rejects.toThrow('enough');
  });

  test('what waits for a socket is not a host that does not answer', async () => {
    aws.answers = [(request, response) => setTimeout(() => ok(request, response), 1200)];
    const clients = open(aws.url, { maxAttempts: 1, timeouts: { connectMs: 1000, answerMs: 10_000 } });
    const s3 = clients.of(S3Client, REGION);
    const calls = Array.from({ length: 64 }, () => s3.send(new ListBucketsCommand({})));
    const ends = await Promise.allSettled(calls);
    expect(ends.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(aws.connections.opened).toBeLessThanOrEqual(32);
  });

  test('sockets are kept, and bounded', async () => {
    const clients = open(aws.url);
    const s3 = clients.of(S3Client, REGION);
    await Promise.all(Array.from({ length: 20 }, () => s3.send(new ListBucketsCommand({}))));
    const { opened: first } = aws.connections;
    for (let call = 0; call < 5; call += 1) await s3.send(new ListBucketsCommand({}));
    expect(aws.connections.opened).toBe(first);
    expect(first).toBeLessThanOrEqual(32);
  });
});
