import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { openClients } from '../../aws/clients.ts';
import type { AwsClients } from '../../aws/clients.ts';
import { awsFailure } from '../../aws/failures.ts';
import { enabledRegions, partitionOf } from '../../aws/regions.ts';
import { SharedLimits } from '../../aws/shared-limits.ts';
import { collectCalls } from '../../collect/collect.ts';
import { planCalls, sentBy } from '../../collect/plan.ts';
import { SNAPSHOT_FORMAT, writeSnapshot } from '../../collect/snapshot.ts';
import type { SnapshotHead, SnapshotLine } from '../../collect/snapshot.ts';
import type { ScanOptions } from '../../model/run.ts';
import { packageVersion } from '../../package-root.ts';
import type { WorkContext } from '../../work-context.ts';
import type { Collected, CollectInput } from '../source.ts';
import { calls } from './calls.ts';
import { callsOf } from './catalogue.ts';
import type { Check } from './catalogue.ts';
import { anotherAccount, notAnAwsRegion, regionsUnknown, tookTooLong } from './errors.ts';
import { selectChecks } from './plan.ts';
import type { Selection } from './plan.ts';
import type { checksSettings, ChecksSettings } from './settings.ts';

type ChecksInput = CollectInput<typeof checksSettings>;

/** What the head of a snapshot says was asked for. */
export interface Asked {
  /** Ids of the checks that were chosen, at the depth and of the services and frameworks that were. */
  checks: readonly string[];
  services: readonly string[];
}

export const SNAPSHOT_FILE = 'snapshot.jsonl.gz';

/** Of all scans in this process. */
const limits = new SharedLimits();

/** Calls by which a scan finds its way in; IAM calls the permissions alike. */
export const ENTRY_CALLS = ['sts:GetCallerIdentity', 'ec2:DescribeRegions'] as const;

export function selectionOf(settings: ChecksSettings, options: ScanOptions): Selection {
  const { services, depth = settings.depth, frameworks = [], checks = [] } = options;
  return { depth, services, frameworks, checks };
}

/**
 * Makes the calls that the chosen checks need, and leaves their answers as one snapshot.
 *
 * @throws VedetteError `credentials`, `usage`, `scan-empty`, `scan-mismatch` or `scanner-timed-out`; the signal's reason
 */
export async function collectForChecks(input: ChecksInput, context: WorkContext): Promise<Collected> {
  const { settings, access, options, folder } = input;
  const checks = selectChecks(selectionOf(settings, options));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const overdue = AbortSignal.timeout(settings.timeoutMs);
  const signal = AbortSignal.any([context.signal, overdue]);
  const clients = openClients({
    access,
    account: input.target.accountId ?? input.target.name,
    allowed: new Set([...ENTRY_CALLS, ...sentBy(calls, callsOf(checks))]),
    limits,
    signal,
  });
  try {
    return await collectSnapshot(input, { checks, clients, signal, context });
  } catch (error) {
    if (overdue.aborted && !context.signal.aborted) throw tookTooLong(settings.timeoutMs);
    throw error;
  } finally {
    clients.close();
  }
}

async function collectSnapshot(
  { access, target, options, folder }: ChecksInput,
  {
    checks,
    clients,
    signal,
    context,
  }: { checks: readonly Check[]; clients: AwsClients; signal: AbortSignal; context: WorkContext },
): Promise<Collected> {
  const stranger = options.regions.find((region) => !/^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(region));
  if (stranger !== undefined) throw notAnAwsRegion(stranger);
  const { id: partition, globalRegion } = partitionOf(options.regions[0] ?? access.region ?? 'us-east-1');
  const startedAt = new Date().toISOString();
  const accountId = await accountIdOf(clients, globalRegion).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw access.explain(cause);
  });
  if (/^\d{12}$/.test(target.accountId ?? '') && target.accountId !== accountId) {
    throw anotherAccount(target.accountId as string, accountId);
  }
  const regions =
    options.regions.length > 0 ? options.regions : await regionsOf(clients, globalRegion, signal);
  const plan = planCalls(calls, callsOf(checks), regions);
  const asked: Asked = { checks: checks.map(({ id }) => id), services: options.services };
  const head: SnapshotHead = {
    kind: 'head',
    format: SNAPSHOT_FORMAT,
    source: 'checks',
    version: packageVersion(),
    accountId,
    partition,
    startedAt,
    regions,
    regionsAsked: options.regions.length > 0,
    asked,
  };
  let done = 0;
  async function* lines(): AsyncGenerator<SnapshotLine> {
    yield head;
    yield* collectCalls({
      table: calls,
      plan,
      caller: { clients, region: globalRegion, regions, accountId, partition },
      signal,
      onPlace: ({ region }) => {
        done += 1;
        const { calls: sent } = clients.counts.total();
        context.onProgress(`${region ?? 'global services'} read (${done} of ${plan.length}), ${sent} calls`);
      },
      onCredentialsFailure: (cause) => access.explain(cause),
    });
    yield { kind: 'end' };
  }
  const file = join(folder, SNAPSHOT_FILE);
  await writeSnapshot(lines(), file, signal);
  return { file, companions: [], accountId, exitCode: 0 };
}

async function accountIdOf(clients: AwsClients, region: string): Promise<string> {
  const { Account = '' } = await clients.of(STSClient, region).send(new GetCallerIdentityCommand({}));
  return Account;
}

async function regionsOf(clients: AwsClients, region: string, signal: AbortSignal): Promise<string[]> {
  const { DescribeRegionsCommand, EC2Client } = await import('@aws-sdk/client-ec2');
  const ec2 = clients.of(EC2Client, region);
  return enabledRegions(() => ec2.send(new DescribeRegionsCommand({}))).catch((cause: unknown) => {
    signal.throwIfAborted();
    const { kind } = awsFailure(cause, { service: 'ec2', operation: 'DescribeRegions', region });
    throw kind === 'denied' ? regionsUnknown(cause) : cause;
  });
}
