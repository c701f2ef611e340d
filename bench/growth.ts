import { join } from 'node:path';
import { silent } from '../src/log.ts';
import { interpretResults } from '../src/sources/scoutsuite/interpret.ts';
import type { Session, Store } from '../src/store/database/store.ts';
import { purgeStore } from '../src/store/purge.ts';
import { persistScan } from '../src/store/scans/persist.ts';
import { resolveEvents } from '../src/store/scans/resolve.ts';
import { INPUT } from '../test/support/scan-input.ts';
import { createDatabase, workContext } from '../test/support/stores.ts';
import { inFolder, round, timed, withDatabases } from './harness.ts';
import type { Figures, Sizes } from './harness.ts';
import { writeResults } from './results-file.ts';

const SCANS = [1, 10, 50];

/**
 * How the cost of one scan grows with its events, and with the scans that are in the database already; what each step
 * costs an event; and that retention bounds the links.
 */
export async function run({ items, databases }: Sizes): Promise<Figures> {
  return inFolder((folder) =>
    withDatabases(databases, async (kind) => {
      const figures: Figures = {};
      for (const size of [items / 100, items / 10, items]) {
        const database = createDatabase(kind);
        try {
          figures[`${size} events`] = await record(await database.open(), join(folder, 'scan.js'), size, 0);
        } finally {
          await database.remove();
        }
      }
      const database = createDatabase(kind);
      try {
        Object.assign(figures, await afterManyScans(await database.open(), folder, items / 100));
      } finally {
        await database.remove();
      }
      return figures;
    }),
  );
}

async function afterManyScans(store: Store, folder: string, items: number): Promise<Figures> {
  const figures: Figures = {};
  const file = join(folder, 'scan.js');
  let day = 0;
  for (const scans of SCANS) {
    while (day < scans) await record(store, file, items, day++);
    figures[`${items} events after ${scans} scans`] = await record(store, file, items, day++);
  }
  const links = async () =>
    (await store.read<{ links: number }>('SELECT COUNT(*) AS links FROM scout_event_findings'))[0]?.links ??
    0;
  const before = await links();
  const scope = { organizationId: 'default', before: dayOf(day), dryRun: false };
  const seconds = await timed(() => purgeStore(store, scope, workContext()));
  figures['links'] = {
    before,
    'after a purge of all but the newest scan': await links(),
    'seconds of the purge': round(seconds),
  };
  return figures;
}

function dayOf(day: number): string {
  return new Date(Date.UTC(2026, 0, 1 + day, 12)).toISOString();
}

/** Microseconds an event of each step, of which some go on at once. A fiftieth of the events goes and comes with every scan. */
async function record(store: Store, file: string, items: number, day: number): Promise<Figures> {
  const time = `${dayOf(day).slice(0, 19).replace('T', ' ')}+0000`;
  await writeResults(file, { items, time, gonePerThousand: 20 * (day % 2) });
  const { timedStore, steps } = timing(store);
  const context = { ...workContext(), logger: silent };
  const seconds = await timed(async () => {
    const { scanId } = await persistScan(timedStore, interpretResults(file, context), INPUT, context);
    await resolveEvents(timedStore, scanId, context);
  });
  const perEvent = (milliseconds: number) => round((milliseconds * 1000) / items);
  return {
    'all, µs an event': perEvent(seconds * 1000),
    ...Object.fromEntries([...steps].map(([step, milliseconds]) => [step, perEvent(milliseconds)])),
  };
}

const STEPS: readonly [name: string, statement: RegExp][] = [
  ['stage', /^(CREATE|DROP) TEMPORARY|^DROP TABLE IF EXISTS staged|^INSERT INTO staged/],
  ['look up', /^UPDATE staged_events\w+ (AS s|s LEFT)|AS known FROM staged/],
  ['update known', /^UPDATE (scout_events AS|staged_events\w+ s STRAIGHT_JOIN scout_events)/],
  ['insert new', /^INSERT INTO scout_events /],
  ['link', /^INSERT INTO scout_event_findings/],
  ['commit', /^COMMIT/],
  ['resolve', /resolved_groups|^UPDATE scout_events SET resolved_at|GROUP BY e.service, e.check_id/],
  ['count', /vedette_event_counts/],
];

/**
 * The same store, with the time that its database spends on each step. Of statements that are sent before the one before has
 * ended, only their own time counts.
 */
function timing(store: Store): { timedStore: Store; steps: Map<string, number> } {
  const steps = new Map<string, number>();
  const timedSession = (session: Session): Session => {
    let lastEnded = 0;
    const told = async <Result>(sql: string, work: () => Promise<Result>): Promise<Result> => {
      const sent = performance.now();
      try {
        return await work();
      } finally {
        const ended = performance.now();
        const step = STEPS.find(([, statement]) => statement.test(sql))?.[0] ?? 'other';
        steps.set(step, (steps.get(step) ?? 0) + ended - Math.max(sent, lastEnded));
        lastEnded = ended;
      }
    };
    return {
      ...session,
      query: (sql, values) => told(sql, () => session.query(sql, values)),
      execute: (sql, values) => told(sql, () => session.execute(sql, values)),
    };
  };
  return {
    timedStore: {
      ...store,
      session: (work) => store.session((session) => work(timedSession(session))),
      sessions: (work) =>
        store.sessions(([one, ...others]) => work([timedSession(one), ...others.map(timedSession)])),
    },
    steps,
  };
}
