import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { TargetAccess } from '../accounts/access.ts';
import { openClients } from '../aws/clients.ts';
import type { AwsClients } from '../aws/clients.ts';
import type { AwsError } from '../aws/failures.ts';
import { isPassing } from '../aws/failures.ts';
import { ownIdentity } from '../aws/own-identity.ts';
import { enabledRegions, partitionOf } from '../aws/regions.ts';
import { SharedLimits } from '../aws/shared-limits.ts';
import { VedetteError } from '../errors.ts';
import type { Interval, SectionStatus } from '../model/view360.ts';
import type { Config } from '../settings.ts';
import type { WorkContext } from '../work-context.ts';
import { collectPayload } from './collect-payload.ts';
import type { Message, SectionReport } from './collect-payload.ts';
import { lastDay } from './periods.ts';
import type { Period } from './periods.ts';
import { callsOf, sections } from './sections/all-sections.ts';
import type { Section } from './sections/section.ts';

/** Where payloads go. */
export type Destination =
  | { kind: 'folder'; folder: string }
  | { kind: 'bucket'; bucket: string; prefix: string; kmsKey: string | undefined };

export interface SendRequest {
  interval: Interval;
  /** One payload for each. */
  periods: readonly Period[];
  isHistory: boolean;
  destination: Destination | undefined;
}

/** What sending a payload came to. */
export interface SentPayload {
  accountId: string;
  interval: Interval;
  period: Period;
  /** Where it lies; null for a trial. */
  location: string | null;
  sizeBytes: number;
  status: SectionStatus;
  sections: readonly SectionReport[];
  messages: readonly Message[];
  calls: number;
  throttles: number;
  costRequests: number;
}

/** Of all that is sent from this process. */
const limits = new SharedLimits();
const DEFAULT_TRIES = 4;
/** Requests to Cost Explorer for one payload of a day that is over: the total, the services, the marketplace, savings plans. */
const HISTORY_REQUESTS = 4;
export const PRICE_OF_A_REQUEST = 0.01;

/** What a backfill will ask of Cost Explorer, and what AWS takes for it, in USD. Pages of large accounts come on top. */
export function priceOf(payloads: number, chosen: readonly Section[]): { requests: number; usd: number } {
  const asks = chosen.some(({ kind, parts }) => kind === 'period' && Object.values(parts).some(isAboutCost));
  const requests = asks ? payloads * HISTORY_REQUESTS : 0;
  return { requests, usd: Math.round(requests * PRICE_OF_A_REQUEST * 100) / 100 };
}

/**
 * Collects and sends payloads of one account, one after the other.
 *
 * @throws VedetteError `credentials`, `config-invalid`, `artifacts-refused`, `artifacts-unreachable`; the signal's reason
 */
export async function* sendPayloads(
  access: TargetAccess,
  name: string,
  request: SendRequest,
  config: Config,
  context: WorkContext,
): AsyncGenerator<SentPayload> {
  const { chosen, skipped } = chosenSections(config);
  const clients = openClients({
    access,
    account: name,
    allowed: callsOf(chosen),
    limits,
    signal: context.signal,
    maxAttempts: DEFAULT_TRIES,
  });
  const home = join(config.general.home, 'payloads');
  await mkdir(home, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(home, 'send-'));
  try {
    const start = config.view360.region ?? access.region ?? config.aws.region ?? 'us-east-1';
    const accountId = await accountIdOf(clients, start).catch((cause: unknown) => {
      context.signal.throwIfAborted();
      throw access.explain(cause);
    });
    const regions = await regionsOf(clients, start, config);
    let budget = config.view360.costRequests;
    for (const period of request.periods) {
      const file = join(folder, 'payload.json');
      const collected = await collectPayload(
        chosen,
        skipped,
        clients,
        {
          accountId,
          regions,
          interval: request.interval,
          period,
          isHistory: request.isHistory,
          labels: config.view360,
          configMode: config.view360.configMode,
          includeContacts: config.view360.includeContacts,
          costRequests: budget,
          now: new Date(),
        },
        file,
        context,
      );
      budget -= collected.costRequests;
      const { size } = await stat(file);
      const key = `data/${accountId}/global/${lastDay(period)}_${request.interval}.json`;
      const { destination } = request;
      yield {
        accountId,
        interval: request.interval,
        period,
        location: destination === undefined ? null : await deliver(file, key, destination, config, context),
        sizeBytes: size,
        status: overall(collected.sections),
        sections: collected.sections,
        messages: collected.messages,
        calls: collected.calls,
        throttles: collected.throttles,
        costRequests: collected.costRequests,
      };
    }
  } finally {
    clients.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The way in with the credentials of this machine: the sender runs in the account itself. */
export async function ownAccess(config: Config): Promise<TargetAccess> {
  const own = ownIdentity(config.aws);
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  const chain = fromNodeProviderChain();
  return {
    credentials: async () => own.credentials ?? chain(),
    region: own.region ?? null,
    endpoint: null,
    environment: async () => ({}),
    profile: null,
    explain: (cause) =>
      new VedetteError(
        'credentials',
        `AWS does not take the credentials of this machine: ${messageOf(cause)}`,
        {
          cause,
          remedy:
            'Give the machine a role, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --account.',
        },
      ),
  };
}

export function chosenSections(config: Config): { chosen: readonly Section[]; skipped: readonly Section[] } {
  const { skip } = config.view360;
  const unknown = skip.find((name) => !sections.some((section) => section.name === name));
  if (unknown !== undefined) {
    throw new VedetteError(
      'config-invalid',
      `VEDETTE_VIEW360_SKIP names ${JSON.stringify(unknown)}, which is no section.`,
      {
        remedy: `Sections: ${sections.map(({ name }) => name).join(', ')}.`,
      },
    );
  }
  return {
    chosen: sections.filter(({ name }) => !skip.includes(name)),
    skipped: sections.filter(({ name }) => skip.includes(name)),
  };
}

/**
 * Where payloads go: `s3://bucket/prefix`, `file:folder`, or the configured bucket.
 *
 * @param allowUnencrypted without a key, the encryption of the bucket holds
 * @throws VedetteError `usage` or `config-invalid`
 */
export function destinationOf(
  text: string | undefined,
  allowUnencrypted: boolean,
  config: Config,
): Destination {
  if (text?.startsWith('file:') === true) return { kind: 'folder', folder: text.slice('file:'.length) };
  const { bucket: configured, kmsKey } = config.view360;
  const location = text ?? (configured === undefined ? undefined : `s3://${configured}`);
  const [, bucket, prefix = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]+[a-z0-9])(?:\/(.*))?$/.exec(location ?? '') ?? [];
  if (bucket === undefined) {
    throw new VedetteError(
      'usage',
      location === undefined ? 'Nothing says where to send.' : `${location} is no destination.`,
      {
        remedy: 'Set BUCKET, or give --to s3://bucket or --to file:folder.',
      },
    );
  }
  if (kmsKey === undefined && !allowUnencrypted) {
    throw new VedetteError('config-invalid', 'No key is named that payloads are encrypted with.', {
      remedy: 'Set ANALYTICS_KMS_KEY, or give --allow-unencrypted to leave encryption to the bucket.',
    });
  }
  return { kind: 'bucket', bucket, prefix: prefix.replace(/\/?$/, prefix === '' ? '' : '/'), kmsKey };
}

async function deliver(
  file: string,
  key: string,
  destination: Destination,
  config: Config,
  { signal }: WorkContext,
): Promise<string> {
  if (destination.kind === 'folder') {
    const target = join(destination.folder, key);
    await mkdir(join(target, '..'), { recursive: true });
    await copyFile(file, target);
    return target;
  }
  const { PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const { bucket, prefix, kmsKey } = destination;
  const client = new S3Client({
    ...ownIdentity({ ...config.aws, region: config.view360.region ?? config.aws.region }),
    followRegionRedirects: true,
    maxAttempts: DEFAULT_TRIES,
  });
  const { size } = await stat(file);
  const location = `s3://${bucket}/${prefix}${key}`;
  try {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: prefix + key,
        Body: createReadStream(file),
        ContentLength: size,
        ContentType: 'application/json',
        ...(kmsKey === undefined ? {} : { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey }),
      }),
      { abortSignal: signal },
    );
  } catch (cause) {
    signal.throwIfAborted();
    const type = isPassing(cause as AwsError) ? 'artifacts-unreachable' : 'artifacts-refused';
    throw new VedetteError(type, `${location} was not sent: ${messageOf(cause)}`, {
      cause,
      remedy: 'Check BUCKET, REGION, ANALYTICS_KMS_KEY, and what the policies of both allow.',
    });
  } finally {
    client.destroy();
  }
  return location;
}

async function accountIdOf(clients: AwsClients, region: string): Promise<string> {
  const { Account = '' } = await clients.of(STSClient, region).send(new GetCallerIdentityCommand({}));
  return Account;
}

async function regionsOf(clients: AwsClients, home: string, config: Config): Promise<string[]> {
  const { regions } = config.view360;
  if (regions.length > 0) return regions;
  const { globalRegion } = partitionOf(home);
  return enabledRegions(() => clients.of(EC2Client, globalRegion).send(new DescribeRegionsCommand({})));
}

function isAboutCost({ calls }: Section['parts'][string]): boolean {
  return calls.some((call) => call.startsWith('cost-explorer:'));
}

function overall(reports: readonly SectionReport[]): SectionStatus {
  const worst = (['Fail', 'Partial', 'Pass', 'NotEnabled', 'NotRun'] as const).find((status) =>
    reports.some((report) => report.status === status),
  );
  return worst ?? 'NotRun';
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
