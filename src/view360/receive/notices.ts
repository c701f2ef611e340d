import { createHash } from 'node:crypto';
import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { isPassing } from '../../aws/failures.ts';
import type { AwsError } from '../../aws/failures.ts';
import { ownIdentity } from '../../aws/own-identity.ts';
import { VedetteError } from '../../errors.ts';
import type { PayloadRef, WaitingPayload, WaitingPayloads } from '../../model/view360.ts';
import type { Config } from '../../settings.ts';
import type { WorkContext } from '../../work-context.ts';
import { PayloadBucket } from './bucket.ts';

/** Asked in its region, or where AWS_ENDPOINT_URL_SQS says; any other queue is asked where its address says. */
const PUBLIC_QUEUE = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com/;
const WAIT_SECONDS = 20;
const MOST_MESSAGES = 10;
const LISTED_AT_ONCE = 200;

/** What S3 writes about an object that was put. */
const notice = z.object({
  Records: z.array(
    z.looseObject({
      eventName: z.string(),
      s3: z.object({
        bucket: z.object({ name: z.string() }),
        object: z.object({ key: z.string(), versionId: z.string().optional(), eTag: z.string().optional() }),
      }),
    }),
  ),
});

/** A part of what lies in the bucket, from `after` on. */
export async function waitingPayloads(
  config: Config,
  after: string | null,
  { signal }: WorkContext,
): Promise<WaitingPayloads> {
  const bucket = new PayloadBucket(config);
  try {
    const payloads: WaitingPayload[] = [];
    for await (const { etag, ...ref } of bucket.waiting(signal, after)) {
      payloads.push({ ...ref, workflowId: workflowIdOf(ref, etag) });
      if (payloads.length === LISTED_AT_ONCE) return { payloads, receipts: [], next: ref.key };
    }
    return { payloads, receipts: [], next: null };
  } finally {
    bucket.close();
  }
}

/** The queue that S3 tells of new payloads. Without one there are no notices, and the bucket is listed. */
export class PayloadNotices {
  readonly #queueUrl: string | undefined;
  readonly #client: SQSClient;

  constructor(config: Config) {
    this.#queueUrl = config.view360.queueUrl;
    const [, queueRegion] = PUBLIC_QUEUE.exec(this.#queueUrl ?? '') ?? [];
    const region = queueRegion ?? config.view360.region ?? config.aws.region;
    this.#client = new SQSClient({
      ...ownIdentity({ ...config.aws, region }),
      ...(queueRegion !== undefined && { useQueueUrlAsEndpoint: false }),
    });
  }

  /** @param waits for some seconds, until there is one */
  async take(waits: boolean, signal: AbortSignal): Promise<WaitingPayloads> {
    if (this.#queueUrl === undefined) {
      if (waits) await pause(WAIT_SECONDS * 1000, signal);
      return { payloads: [], receipts: [], next: null };
    }
    const { Messages = [] } = await this.#send(() =>
      this.#client.send(
        new ReceiveMessageCommand({
          QueueUrl: this.#queueUrl,
          MaxNumberOfMessages: MOST_MESSAGES,
          WaitTimeSeconds: waits ? WAIT_SECONDS : 0,
        }),
        { abortSignal: signal },
      ),
    );
    return {
      payloads: Messages.flatMap(({ Body }) => payloadsIn(Body ?? '')),
      // Also of what is no notice of a payload, such as the one by which S3 tries the queue.
      receipts: Messages.flatMap(({ ReceiptHandle }) => ReceiptHandle ?? []),
      next: null,
    };
  }

  async acknowledge(receipts: readonly string[], signal: AbortSignal): Promise<void> {
    if (this.#queueUrl === undefined || receipts.length === 0) return;
    const Entries = receipts.map((ReceiptHandle, at) => ({ Id: String(at), ReceiptHandle }));
    await this.#send(() =>
      this.#client.send(new DeleteMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries }), {
        abortSignal: signal,
      }),
    );
  }

  close(): void {
    this.#client.destroy();
  }

  async #send<Result>(send: () => Promise<Result>): Promise<Result> {
    try {
      return await send();
    } catch (cause) {
      const error = cause as AwsError;
      const type = isPassing(error) ? 'artifacts-unreachable' : 'artifacts-refused';
      throw new VedetteError(type, `${this.#queueUrl}: ${error.name}: ${error.message}`, {
        cause,
        remedy: 'Check VEDETTE_VIEW360_QUEUE, REGION, and that vedette may receive and delete its messages.',
      });
    }
  }
}

/** The payloads that a message tells of; none for any other message. */
export function payloadsIn(body: string): WaitingPayload[] {
  const parsed = notice.safeParse(jsonOf(body));
  if (!parsed.success) return [];
  return parsed.data.Records.flatMap(({ eventName, s3 }) => {
    const key = keyOf(s3.object.key);
    if (!eventName.startsWith('ObjectCreated:') || !/^data\/.*\.json$/s.test(key)) return [];
    const ref = { bucket: s3.bucket.name, key, versionId: s3.object.versionId ?? null };
    return { ...ref, workflowId: workflowIdOf(ref, s3.object.versionId ?? s3.object.eTag ?? '') };
  });
}

/** S3 writes keys as forms are written: `+` is a blank. */
function keyOf(written: string): string {
  try {
    return decodeURIComponent(written.replaceAll('+', ' '));
  } catch {
    return written;
  }
}

function workflowIdOf({ bucket, key }: PayloadRef, version: string): string {
  const hash = createHash('sha256').update(key).digest('hex');
  return `view360/${bucket}/${hash}/${version.replaceAll('"', '')}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });
}
