import { join } from 'node:path';
import { VedetteError } from '../../errors.ts';
import type { Event } from '../../model/event.ts';
import { compareLevels, LEVELS } from '../../model/level.ts';
import type { AccountOutcome } from '../../model/run.ts';
import { previewScan } from '../../notify/preview.ts';
import type { Config } from '../../settings.ts';
import type { Store } from '../../store/database/store.ts';
import { listEvents, streamEvents } from '../../store/events/events.ts';
import { printable } from '../../text/printable.ts';
import { write } from '../output/write.ts';

const EXAMPLES = 5;

/** Prints what there is. */
export async function reportEvents(store: Store, config: Config): Promise<void> {
  const { organizationId } = config.general;
  await reportLevels(store, organizationId);
  const filter = { organizationId, statuses: ['active'] as const };
  show('Active', (await listEvents(store, filter, { limit: 10_000 })).events);
  write('\n');
}

async function reportLevels(store: Store, organizationId: string): Promise<void> {
  write('Active events by level:\n');
  const counts = new Map<string, number>();
  for await (const { level } of streamEvents(store, { organizationId, statuses: ['active'] })) {
    counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  for (const level of LEVELS)
    if (counts.has(level)) write(`  ${level.padEnd(9)}${String(counts.get(level)).padStart(5)}\n`);
}

/** Prints what there is, what changed between the two runs, and where the e-mail about it lies. */
export async function reportChanges(
  store: Store,
  config: Config,
  second: readonly AccountOutcome[],
): Promise<void> {
  const { organizationId } = config.general;
  await reportLevels(store, organizationId);
  write('\nBetween the two runs:\n');
  for (const { profile, source, scan } of second) {
    if (scan === null) throw new VedetteError('unexpected', `${profile} was not scanned in the second run.`);
    const { events } = scan;
    write(
      `  ${profile}, ${source}: ${events.new} new, ${events.resolved} resolved, ${events.reopened} reopened, ${events.still} still there\n`,
    );
  }
  // Whatever the second scans changed carries their time.
  const scanTimes = new Set(second.map((account) => account.scan?.scanTime ?? null));
  const { events } = await listEvents(store, { organizationId }, { limit: 10_000 });
  show(
    'New',
    events.filter((event) => scanTimes.has(event.firstSeen)),
  );
  show(
    'Resolved',
    events.filter((event) => event.resolvedAt !== null && scanTimes.has(event.resolvedAt)),
  );
  show(
    'Reopened',
    events.filter((event) => event.reopenedAt !== null && scanTimes.has(event.reopenedAt)),
  );

  const [scan] = second;
  if (scan?.scan?.scanId == null) return;
  const files = await previewScan(store, config, {
    scanId: scan.scan.scanId,
    folder: join(config.general.home, 'mail'),
  });
  write(`\nThe e-mail about ${scan.profile} would be:\n${files.map((file) => `  ${file}\n`).join('')}`);
}

function show(title: string, events: readonly Event[]): void {
  if (events.length === 0) return;
  const gravest = events.toSorted((a, b) => compareLevels(a.level, b.level));
  write(`  ${title} (${events.length}):\n`);
  for (const { level, accountId, resourceName, resourceId, checkId } of gravest.slice(0, EXAMPLES)) {
    write(`    ${level.padEnd(9)}${accountId}  ${printable(resourceName ?? resourceId)}  ${checkId}\n`);
  }
  if (events.length > EXAMPLES) write(`    … and ${events.length - EXAMPLES} more\n`);
}
