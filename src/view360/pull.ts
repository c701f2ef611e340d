import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TargetAccess } from '../accounts/access.ts';
import { VedetteError } from '../errors.ts';
import type { Interval, PulledAccount } from '../model/view360.ts';
import type { Config } from '../settings.ts';
import type { Store } from '../store/database/store.ts';
import type { WorkContext } from '../work-context.ts';
import { periodBefore, periodOf } from './periods.ts';
import { loadFile } from './receive/load-file.ts';
import { sendPayloads } from './send.ts';

export interface PullRequest {
  organizationId: string;
  interval: Interval;
  date: string;
  /** Whether the day names its period; else it is the last whole one before it. */
  isWhole: boolean;
  runId: number;
}

/** Collects an account from here, by its role or profile, and loads what was collected. */
export async function pullAccount(
  store: Store,
  config: Config,
  access: TargetAccess,
  target: { name: string; accountId: string | null },
  { organizationId, interval, date, isWhole, runId }: PullRequest,
  context: WorkContext,
): Promise<PulledAccount> {
  const home = join(config.general.home, 'payloads');
  await mkdir(home, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(home, 'pull-'));
  try {
    const request = {
      interval,
      periods: [isWhole ? periodOf(interval, date) : periodBefore(interval, date)],
      isHistory: false,
      destination: { kind: 'folder', folder } as const,
    };
    for await (const sent of sendPayloads(
      access,
      target.accountId ?? target.name,
      request,
      config,
      context,
    )) {
      if (target.accountId !== null && target.accountId !== sent.accountId) {
        throw new VedetteError(
          'scan-mismatch',
          `${target.name} leads into ${sent.accountId}, not ${target.accountId}.`,
        );
      }
      const outcome = await loadFile(
        store,
        { file: sent.location as string },
        { organizationId, runId },
        context,
      );
      return {
        name: target.name,
        accountId: sent.accountId,
        collected: sent.status,
        loaded: outcome.status,
        error: outcome.error?.message ?? null,
      };
    }
    throw new VedetteError('unexpected', `Nothing was collected of ${target.name}.`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
