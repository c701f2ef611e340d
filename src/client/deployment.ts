import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError } from '@temporalio/client';
import { VedetteError } from '../errors.ts';
import { packageVersion } from '../package-root.ts';
import type { Config } from '../settings.ts';
import { codeOf, temporalError } from './temporal.ts';
import type { Temporal } from './temporal.ts';

/** A build of the workers, within their deployment. */
export interface DeploymentVersion {
  deploymentName: string;
  buildId: string;
}

/** What a build is to its deployment: only the `current` one gets new runs, and a `drained` one has none left. */
export type BuildStatus = 'current' | 'ramping' | 'draining' | 'drained' | 'inactive';

export interface Build {
  buildId: string;
  status: BuildStatus;
  /** When its first worker was seen, ISO 8601 in UTC. */
  seenAt: string | null;
}

type Configured = Pick<Config, 'temporal' | 'worker'>;

/** By the numbers of Temporal's `WorkerDeploymentVersionStatus`. */
const STATUSES: readonly BuildStatus[] = [
  'inactive',
  'inactive',
  'current',
  'ramping',
  'draining',
  'drained',
];
/** Of gRPC's codes. */
const NOT_FOUND = 5;
const FAILED_PRECONDITION = 9;
const UNIMPLEMENTED = 12;
/** A worker is known to the server only once it has asked for work, of workflows and of activities. */
const LOOK_AGAIN_MS = 200;
const SETTLING_MS = 5000;

/** What the configuration makes a worker; null for one that is not versioned. */
export function deploymentVersion({ worker }: Configured): DeploymentVersion | null {
  if (worker.deployment === undefined) return null;
  return { deploymentName: worker.deployment, buildId: worker.buildId ?? packageVersion() };
}

/**
 * Makes this worker's build current where none is, as soon as the server knows it: the first worker of a deployment
 * would otherwise get nothing to do. Later builds have to be promoted, for a worker of an old build that is started
 * again must not take new runs back.
 *
 * @returns whether it is current; null when the worker is not versioned
 * @throws VedetteError `config-invalid` for a server without worker deployments
 */
export async function beginDeployment(
  temporal: Temporal,
  config: Configured,
  signal: AbortSignal,
): Promise<'current' | 'waiting' | null> {
  const version = deploymentVersion(config);
  if (version === null) return null;
  const { namespace } = config.temporal;
  while (!signal.aborted) {
    const { builds, conflictToken } = await describe(temporal, namespace, version.deploymentName);
    const current = builds.find(({ status }) => status === 'current');
    if (current !== undefined) return current.buildId === version.buildId ? 'current' : 'waiting';
    if (builds.some(({ buildId }) => buildId === version.buildId)) {
      // Of two that begin at once, one comes too late, and sees so when it looks again.
      await setCurrent(temporal, namespace, { ...version, conflictToken }).catch(unlessPrecondition);
    } else {
      await sleep(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}

/** The builds of the configured deployment, newest first; none when no worker has been seen yet. */
export async function listBuilds(temporal: Temporal, config: Configured): Promise<Build[]> {
  const { deploymentName } = versionOf(config);
  const { builds } = await describe(temporal, config.temporal.namespace, deploymentName);
  return builds.toSorted((one, other) => (other.seenAt ?? '').localeCompare(one.seenAt ?? ''));
}

/**
 * Gives new runs to this build from now on; without one, to that of the configuration. Runs under way stay with theirs.
 *
 * @returns the build
 * @throws VedetteError `not-found` when no worker of it has been seen, `stack-failed` when none works now
 */
export async function promoteBuild(temporal: Temporal, config: Configured, build?: string): Promise<string> {
  const { deploymentName, buildId: own } = versionOf(config);
  const { namespace } = config.temporal;
  const buildId = build ?? own;
  const { builds } = await describe(temporal, namespace, deploymentName);
  if (!builds.some((known) => known.buildId === buildId)) {
    throw new VedetteError('not-found', `No worker of ${deploymentName} ${buildId} has been seen.`, {
      remedy: 'Start one first; vedette worker builds shows those that are known.',
    });
  }
  for (const deadline = Date.now() + SETTLING_MS; ; await sleep(LOOK_AGAIN_MS)) {
    try {
      await setCurrent(temporal, namespace, { deploymentName, buildId });
      return buildId;
    } catch (error) {
      if (codeOf(error) !== FAILED_PRECONDITION) throw temporalError(error, temporal.address);
      if (Date.now() > deadline) throw notReady({ deploymentName, buildId }, error);
    }
  }
}

function notReady({ deploymentName, buildId }: DeploymentVersion, cause: unknown): VedetteError {
  const details = isGrpcServiceError(cause) ? cause.details : String(cause);
  return new VedetteError('stack-failed', `${deploymentName} ${buildId} cannot be made current: ${details}`, {
    remedy: 'Start workers of it for every task queue that the current build works for.',
    cause,
  });
}

function versionOf(config: Configured): DeploymentVersion {
  const version = deploymentVersion(config);
  if (version !== null) return version;
  throw new VedetteError('config-invalid', 'VEDETTE_DEPLOYMENT is not set, so workers are not versioned.');
}

async function describe(
  { client, address }: Temporal,
  namespace: string,
  deploymentName: string,
): Promise<{ builds: Build[]; conflictToken: Uint8Array | undefined }> {
  try {
    const { workerDeploymentInfo, conflictToken } = await client.workflowService.describeWorkerDeployment({
      namespace,
      deploymentName,
    });
    const builds = (workerDeploymentInfo?.versionSummaries ?? []).map((summary) => ({
      buildId: summary.deploymentVersion?.buildId ?? '',
      status: STATUSES[Number(summary.status)] ?? 'inactive',
      seenAt: isoTime(summary.createTime?.seconds),
    }));
    return { builds, conflictToken: conflictToken ?? undefined };
  } catch (error) {
    if (codeOf(error) === NOT_FOUND) return { builds: [], conflictToken: undefined };
    if (codeOf(error) !== UNIMPLEMENTED) throw temporalError(error, address);
    throw new VedetteError('config-invalid', `The Temporal server ${address} knows no worker deployments.`, {
      remedy: 'Unset VEDETTE_DEPLOYMENT, or use Temporal 1.28 or newer.',
      cause: error,
    });
  }
}

async function setCurrent(
  { client }: Temporal,
  namespace: string,
  version: DeploymentVersion & { conflictToken?: Uint8Array | undefined },
): Promise<void> {
  const { conflictToken, ...rest } = version;
  await client.workflowService.setWorkerDeploymentCurrentVersion({
    namespace,
    ...rest,
    ...(conflictToken && { conflictToken }),
    identity: 'vedette',
  });
}

function unlessPrecondition(error: unknown): void {
  if (codeOf(error) !== FAILED_PRECONDITION) throw error;
}

function isoTime(seconds: unknown): string | null {
  return seconds == null ? null : new Date(Number(seconds) * 1000).toISOString();
}
