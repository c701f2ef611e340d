import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AllowedCall } from '../../../aws/read-only.ts';
import { SharedLimits } from '../../../aws/shared-limits.ts';
import { SNAPSHOT_FORMAT, writeLines } from '../../../collect/snapshot.ts';
import type { SnapshotLine } from '../../../collect/snapshot.ts';
import type { GoogleAccess } from '../../../gcp/access.ts';
import { GoogleCallError, openGoogle } from '../../../gcp/client.ts';
import type { GoogleClient } from '../../../gcp/client.ts';
import { packageVersion } from '../../../package-root.ts';
import type { WorkContext } from '../../../work-context.ts';
import type { Collected } from '../../source.ts';
import { googleCalls } from './calls.ts';
import type { GoogleCall } from './calls.ts';

/** What the head of a snapshot has in place of a partition of AWS. */
export const GOOGLE = 'gcp';

const SNAPSHOT_FILE = 'snapshot.jsonl.gz';
/** Of all scans in this process. */
const limits = new SharedLimits();

/**
 * Asks a project everything at once, each call once, and leaves a snapshot like that of an account of AWS. A call that is
 * refused is a line like any other.
 *
 * @throws VedetteError `credentials`; the signal's reason
 */
export async function collectProject(
  access: GoogleAccess,
  folder: string,
  { signal, onProgress }: WorkContext,
): Promise<Collected> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { projectId } = access;
  const head: SnapshotLine = {
    kind: 'head',
    format: SNAPSHOT_FORMAT,
    source: 'detections',
    version: packageVersion(),
    accountId: projectId,
    partition: GOOGLE,
    startedAt: new Date().toISOString(),
    regions: [],
    regionsAsked: false,
    places: [null],
    asked: {},
  };
  const file = join(folder, SNAPSHOT_FILE);
  const release = limits.use(projectId);
  try {
    // Who cannot get in at all should hear it once.
    await access.token();
    const google = openGoogle(access, { limits, signal });
    const calls = Object.entries(googleCalls) as [AllowedCall, GoogleCall][];
    let done = 0;
    const answers = await Promise.all(
      calls.map(async ([name, call]) => {
        const lines = await linesOf(google, name, call);
        done += 1;
        onProgress(`${done} of ${calls.length} calls`);
        return lines;
      }),
    );
    await writeLines([head, ...answers.flat(), { kind: 'end', region: null }], file, signal);
  } finally {
    release();
  }
  return { file, companions: [], accountId: projectId, exitCode: 0, planFrom: null };
}

async function linesOf(google: GoogleClient, name: AllowedCall, call: GoogleCall): Promise<SnapshotLine[]> {
  const place = { call: name, region: null };
  try {
    const items = await call.list(google);
    const sorted = items.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    return [
      { kind: 'listed', ...place },
      ...sorted.map((item): SnapshotLine => ({ kind: 'item', ...place, item, details: {} })),
    ];
  } catch (error) {
    if (!(error instanceof GoogleCallError)) throw error;
    const { kind: failure, code } = error.failure;
    return [{ kind: 'error', ...place, code, failure }];
  }
}
