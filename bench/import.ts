import { join } from 'node:path';
import { silent } from '../src/log.ts';
import type { ScanOutcome } from '../src/model/scan.ts';
import { openMigratedStore } from '../src/store/database/open.ts';
import type { Store } from '../src/store/database/store.ts';
import { createDatabase } from '../test/support/stores.ts';
import type { Database } from '../test/support/stores.ts';
import { configOf, inFolder, quantile, round, timed, vedette, withDatabases } from './harness.ts';
import type { Figures, ProcessFigures, Sizes } from './harness.ts';
import { writeResults } from './results-file.ts';
import { rowAtATime } from './row-at-a-time.ts';
import type { Rates } from './row-at-a-time.ts';

/**
 * `vedette import` of a large scan as a whole process: all new, then a tenth of it gone; beside storing row at a time, and
 * beside the fastest way that the database has to make the same rows and indexes.
 */
export async function run({ items, databases }: Sizes): Promise<Figures> {
  return inFolder(async (folder) => {
    const first = join(folder, 'first.js');
    const second = join(folder, 'second.js');
    await writeResults(first, { items, time: '2026-01-01 12:00:00+0000' });
    await writeResults(second, { items, time: '2026-01-02 12:00:00+0000', gonePerThousand: 100 });
    return withDatabases(databases, async (kind, environment) => {
      const before = await baselineOf(kind);
      const fresh = await imported(first, environment);
      const later = await imported(second, environment);
      const baseline = medians(before, await baselineOf(kind));
      const rate = fresh.outcome.events.total / fresh.process.seconds;
      const bare = await bareRate(environment, fresh.outcome.events.total);
      return {
        'first scan': figuresOf(fresh),
        'second scan': figuresOf(later),
        'second scan, times the first': round(later.process.seconds / fresh.process.seconds),
        'row at a time': baseline,
        'first scan, times row at a time': timesEach(rate, baseline),
        'bare copy of the events, rows/s': round(bare),
        'first scan, share of the bare copy': round(rate / bare),
      };
    });
  });
}

async function baselineOf(kind: Database): Promise<Rates> {
  const database = createDatabase(kind);
  try {
    return await rowAtATime(await database.open());
  } finally {
    await database.remove();
  }
}

/** Of all rounds, before and after the imports. */
function medians(before: Rates, after: Rates): Figures {
  const ways = Object.entries(before).map(([way, { fresh, known }]) => {
    const figures = {
      'new, events/s': round(quantile([...fresh, ...(after[way]?.fresh ?? [])], 0.5)),
      'known, events/s': round(quantile([...known, ...(after[way]?.known ?? [])], 0.5)),
    };
    return [way, figures] as const;
  });
  return Object.fromEntries(ways);
}

interface Imported {
  process: ProcessFigures;
  outcome: ScanOutcome;
}

async function imported(file: string, environment: Record<string, string>): Promise<Imported> {
  const ended = await vedette(['import', file, '-o', 'json'], environment);
  const [outcome] = JSON.parse(ended.stdout) as [ScanOutcome];
  return { process: ended, outcome };
}

function figuresOf({ process: { seconds, cpuSeconds, peakMiB }, outcome: { events } }: Imported): Figures {
  return {
    new: events.new,
    still: events.still,
    resolved: events.resolved,
    seconds: round(seconds),
    'seconds of CPU of the process': round(cpuSeconds),
    'events/s': round(events.total / seconds),
    'peak memory, MiB': round(peakMiB),
  };
}

function timesEach(rate: number, baseline: Figures): Figures {
  const ways = Object.entries(baseline).map(([way, figures]) => {
    const { 'new, events/s': slow } = figures as Record<'new, events/s', number>;
    return [way, round(rate / slow)];
  });
  return Object.fromEntries(ways) as Figures;
}

/** The rows of all events into a table with the same columns and indexes, in one statement of the database itself. */
async function bareRate(environment: Record<string, string>, rows: number): Promise<number> {
  const store = await openMigratedStore(configOf(environment), silent);
  try {
    return rows / (await timed(() => copyEvents(store)));
  } finally {
    await store.close();
  }
}

async function copyEvents(store: Store): Promise<void> {
  await store.session(async (session) => {
    const metadata = store.dataSource.getMetadata('scout_events');
    const columns = metadata.columns
      .filter(({ generatedType, asExpression }) => generatedType === undefined && asExpression === undefined)
      .map(({ databaseName }) => databaseName)
      .join(', ');
    for (const statement of await definitionOfCopy(store)) await session.execute(statement);
    await session.execute(
      `INSERT INTO copied_events (${columns}) SELECT ${columns} FROM scout_events ORDER BY id`,
    );
  });
}

async function definitionOfCopy(store: Store): Promise<string[]> {
  if (store.dialect === 'mysql') return ['CREATE TABLE copied_events LIKE scout_events'];
  const rows = await store.read<{ sql: string }>(
    "SELECT sql FROM sqlite_master WHERE tbl_name = 'scout_events' AND sql IS NOT NULL ORDER BY type DESC",
  );
  return rows.map(({ sql }) =>
    sql
      .replace(/(INDEX (?:IF NOT EXISTS )?)"(\w+)"/, '$1"copied_$2"')
      .replaceAll('"scout_events"', '"copied_events"'),
  );
}
