import type { AccountOutcome, RunResult } from '../model/run.ts';
import type { EventCounts } from '../model/scan.ts';
import type { CommandContext } from './command-context.ts';
import { scanName } from './follow-run.ts';
import { padded, widthOf } from './output/terminal.ts';
import { tell, write } from './output/write.ts';

/** `+14 new  24 fixed`; what came back only where something did. */
export function foundText({ new: fresh, resolved, reopened }: EventCounts): string {
  return [`+${fresh} new`, `${resolved} fixed`, ...(reopened > 0 ? [`${reopened} reopened`] : [])].join('  ');
}

/** After its summary: what a run has found, how long it took, and where to look next. */
export async function reportFound(context: CommandContext, run: RunResult): Promise<void> {
  const seconds = Math.round((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000);
  const found = run.accounts.filter(({ scan }) => scan !== null);
  const names = found.map((account) => scanName(account, run.accounts));
  const width = Math.max(0, ...names.map(widthOf));
  const active = await criticalActive(context, found);
  for (const [index, { scan }] of found.entries()) {
    if (scan === null) continue;
    const critical = active[index] === undefined ? '' : `  ${active[index]} critical active`;
    write(`${padded(names[index] ?? '', width)}  ${foundText(scan.events)}${critical}\n`);
  }
  tell(`Run ${run.runId} began at ${run.startedAt} and took ${durationOf(seconds)}.`);
  if (found.length === 0) return;
  tell(`Look at it: vedette event list --run ${run.runId} --status active --level critical,high`);
  const { findStack } = await import('../embedded/stack.ts');
  const dashboard = context.config.api.publicUrl ?? (await findStack(context.config, context.logger))?.apiUrl;
  if (dashboard !== undefined)
    tell(`        or: ${dashboard.replace(/\/$/, '')}/runs/${encodeURIComponent(run.runId)}`);
}

/** Of each account with its source; unknown where the database cannot be read from here. */
async function criticalActive(
  { config, logger }: CommandContext,
  accounts: readonly AccountOutcome[],
): Promise<(number | undefined)[]> {
  if (accounts.length === 0) return [];
  const [{ openMigratedStore }, { countByStatusAndLevel }] = await Promise.all([
    import('../store/database/open.ts'),
    import('../store/events/counts.ts'),
  ]);
  const { organizationId } = config.general;
  try {
    const store = await openMigratedStore(config, logger);
    try {
      return await Promise.all(
        accounts.map(async ({ accountId, source, scan }) => {
          const accountIds = [scan?.accountId ?? accountId ?? ''];
          const filter = { organizationId, accountIds, sources: [source] };
          const counts = await countByStatusAndLevel(store, filter);
          return counts.find(({ status, level }) => status === 'active' && level === 'critical')?.events ?? 0;
        }),
      );
    } finally {
      await store.close();
    }
  } catch (error) {
    logger.warn({ err: error }, 'cannot tell how many critical events there are');
    return [];
  }
}

function durationOf(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const [hours = 0, minutes = 0] = parts;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${parts[2]} s` : `${seconds} s`;
}
