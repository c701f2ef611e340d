import type { ArtifactRef } from '../model/artifact.ts';
import type { WorkContext } from '../work-context.ts';
import type { ArtifactStore } from './artifact-store.ts';

/** The scan whose results are kept. */
export interface KeptScan {
  organizationId: string;
  source: string;
  accountId: string;
  scanId: number;
}

export interface KeptResults extends KeptScan {
  sizeBytes: number;
  /** ISO 8601 in UTC. */
  keptAt: string;
}

/**
 * Keeps the results of a scan, so that they can be judged again later; those of the same account that are too old go.
 *
 * @throws VedetteError as `ArtifactStore.retain`
 */
export async function keepResults(
  artifacts: ArtifactStore,
  results: ArtifactRef,
  scan: KeptScan,
  keptMs: number,
  context: WorkContext,
): Promise<void> {
  await artifacts.retain(results, namesOf(scan), context);
  const { organizationId, source, accountId } = scan;
  await removeOlder(artifacts, [organizationId, source, accountId], limitOf(keptMs), context);
}

/**
 * Removes kept results that are older than `before`, or than they are to be kept.
 *
 * @returns how many there were
 */
export async function purgeResults(
  artifacts: ArtifactStore,
  { organizationId, before, dryRun }: { organizationId: string; before: string; dryRun: boolean },
  keptMs: number,
  context: WorkContext,
): Promise<number> {
  const limit = limitOf(keptMs);
  return removeOlder(artifacts, [organizationId], before > limit ? before : limit, context, dryRun);
}

/** What is kept of an organisation, by source and account. */
export async function* keptResults(
  artifacts: ArtifactStore,
  organizationId: string,
  context: WorkContext,
): AsyncGenerator<KeptResults> {
  for await (const { names, sizeBytes, keptAt } of artifacts.retained([organizationId], context)) {
    const [, source = '', accountId = '', scanId] = names;
    yield { organizationId, source, accountId, scanId: Number(scanId), sizeBytes, keptAt };
  }
}

/** A local file with the results of a scan; null when they are not kept, or not any more. */
export function openKeptResults(
  artifacts: ArtifactStore,
  scan: KeptScan,
  folder: string,
  context: WorkContext,
): Promise<string | null> {
  return artifacts.openRetained(namesOf(scan), folder, context);
}

function namesOf({ organizationId, source, accountId, scanId }: KeptScan): string[] {
  return [organizationId, source, accountId, String(scanId)];
}

function limitOf(keptMs: number): string {
  return new Date(Date.now() - keptMs).toISOString();
}

async function removeOlder(
  artifacts: ArtifactStore,
  names: readonly string[],
  limit: string,
  context: WorkContext,
  dryRun = false,
): Promise<number> {
  let removed = 0;
  for await (const kept of artifacts.retained(names, context)) {
    if (kept.keptAt >= limit) continue;
    if (!dryRun) await artifacts.removeRetained(kept.names, context);
    removed += 1;
  }
  return removed;
}
