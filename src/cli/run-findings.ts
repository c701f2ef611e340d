import type { AccountOutcome, RunResult } from '../model/run.ts';
import type { EventCounts } from '../model/scan.ts';
import type { CommandContext } from './command-context.ts';
import { scanName } from './follow-run.ts';
import { padded, widthOf } from './output/terminal.ts';
import { tell, write } from './output/write.ts';
import { readStore } from './read-store.ts';

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
  const dashboard = await dashboardUrl(context);
  if (dashboard !== undefined)
    tell(`        or: ${dashboard.replace(/\/$/, '')}/runs/${encodeURIComponent(run.runId)}`);
}

/** Where a dashboard is known to be: the public one, or that of the stack which runs here. */
async function dashboardUrl({ config, logger }: CommandContext): Promise<string | undefined> {
  if (config.api.publicUrl !== undefined || config.temporal.address !== undefined)
    return config.api.publicUrl;
  const { findStack } = await import('../embedded/stack.ts');
  return (await findStack(config, logger))?.apiUrl;
}

/** Of each account with its source; unknown where the workers' database is not the one of this machine, or is away. */
async function criticalActive(
  context: CommandContext,
  accounts: readonly AccountOutcome[],
): Promise<(number | undefined)[]> {
  if (accounts.length === 0) return [];
  const { countByStatusAndLevel } = await import('../store/events/counts.ts');
  const { organizationId } = context.config.general;
  try {
    const counted = await readStore(context, (store) =>
      Promise.all(
        accounts.map(async ({ accountId, source, scan }) => {
          const accountIds = [scan?.accountId ?? accountId ?? ''];
          const counts = await countByStatusAndLevel(store, {
            organizationId,
            accountIds,
            sources: [source],
          });
          if (counts.length === 0 && (scan?.events.total ?? 0) > 0) return undefined;
          return counts.find(({ status, level }) => status === 'active' && level === 'critical')?.events ?? 0;
        }),
      ),
    );
    return counted ?? [];
  } catch (error) {
    context.logger.warn({ err: error }, 'cannot tell how many critical events there are');
    return [];
  }
}

function durationOf(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const [hours = 0, minutes = 0] = parts;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${parts[2]} s` : `${seconds} s`;
}
