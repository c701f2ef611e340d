import type { AccountOverview } from '../accounts/overview.ts';
import { accountOverviews, knownOfAccounts } from '../accounts/overview.ts';
import { listTargets } from '../accounts/targets.ts';
import { accountReasons } from '../model/account-health.ts';
import { LEVELS } from '../model/level.ts';
import type { DailyEvents, Summary } from '../model/summary.ts';
import { summarise } from '../store/events/summary.ts';
import { printable } from '../text/printable.ts';
import type { CommandContext } from './command-context.ts';
import { cutEnd, levelLook, padded, relativeTime, widthOf } from './output/terminal.ts';
import type { Screen } from './output/terminal.ts';
import { readStore } from './read-store.ts';
import { openStack, serverState } from './stack.ts';

type Changes = Omit<DailyEvents, 'day' | 'unresolved'>;

interface Trouble {
  /** The profile, or the id of an account that has none. */
  name: string;
  accountId: string | null;
  reasons: readonly string[];
}

/** How an organisation stands: the object `vedette status -o json` prints. Times are ISO 8601 in UTC. */
export interface Status {
  active: Pick<Summary['open'], 'byLevel'> & { total: number };
  suppressed: number;
  changes: {
    /** Yesterday and today, in UTC. */
    sinceYesterday: Changes;
    /** Today and the six days before. */
    sevenDays: Changes;
  };
  /** Start of the newest scan. */
  asOf: string | null;
  accounts: { total: number; trouble: readonly Trouble[] };
  /** Ids of runs; null where no server runs that knows. */
  running: readonly string[] | null;
  /** Null also where no server runs. */
  nextRun: { schedule: string; at: string } | null;
}

const DAYS = 7;
const MOST_TROUBLE = 5;
const MOST_RUNS = 50;

/** Reads the database, and asks a server that runs; undefined where nothing was ever stored. */
export async function statusOf(context: CommandContext): Promise<Status | undefined> {
  const { config } = context;
  const { organizationId } = config.general;
  const stored = await readStore(context, async (store) => ({
    summary: await summarise(store, { organizationId }, { days: DAYS }),
    known: await knownOfAccounts(store, organizationId),
    targets: await listTargets(organizationId, { config, store: () => Promise.resolve(store) }).catch(
      () => [],
    ),
  }));
  if (stored === undefined) return undefined;
  const { summary, known, targets } = stored;
  const accounts = accountOverviews({ ...known, targets, planned: [] }, new Date());
  const { byLevel, suppressed } = summary.open;
  return {
    active: { byLevel, total: summary.open.total - suppressed },
    suppressed,
    changes: { sinceYesterday: sum(summary.daily.slice(-2)), sevenDays: sum(summary.daily) },
    asOf:
      known.scans
        .map(({ scanTime }) => scanTime)
        .toSorted()
        .at(-1) ?? null,
    accounts: { total: accounts.length, trouble: accounts.flatMap(troubleOf) },
    ...(await underWay(context)),
  };
}

function sum(days: readonly DailyEvents[]): Changes {
  const total = (key: keyof Changes): number => days.reduce((all, day) => all + day[key], 0);
  return { new: total('new'), resolved: total('resolved'), reopened: total('reopened') };
}

function troubleOf({ profile, accountId, health, lastScan, sources }: AccountOverview): Trouble[] {
  const reasons = [
    ...(health === 'stale' ? [`last scanned on ${lastScan?.scanTime.slice(0, 10)}`] : []),
    ...accountReasons(sources),
  ];
  return reasons.length === 0 ? [] : [{ name: profile ?? accountId ?? '', accountId, reasons }];
}

async function underWay(context: CommandContext): Promise<Pick<Status, 'running' | 'nextRun'>> {
  if ((await serverState(context)) !== 'running') return { running: null, nextRun: null };
  const [{ ownPlace }, { listRuns }, { listSchedules }] = await Promise.all([
    import('../client/place.ts'),
    import('../client/runs.ts'),
    import('../client/schedules.ts'),
  ]);
  const open = await openStack(context);
  try {
    const place = ownPlace(open.temporal, context.config);
    const runs = await listRuns(place, MOST_RUNS);
    const next = (await listSchedules(place))
      .filter(({ paused }) => !paused)
      .flatMap(({ definition, nextRunsAt: [at] }) =>
        at === undefined ? [] : [{ schedule: definition.name, at }],
      )
      .toSorted((one, other) => (one.at < other.at ? -1 : 1));
    return {
      running: runs.filter(({ status }) => status === 'running').map(({ runId }) => runId),
      nextRun: next[0] ?? null,
    };
  } finally {
    await open.close();
  }
}

/** At most fifteen lines. */
export function statusText(status: Status, screen: Screen): string {
  const { active, suppressed, changes, asOf, accounts, running, nextRun } = status;
  const { paint, now } = screen;
  const levels = LEVELS.map((level) => {
    const { text, style } = levelLook(level);
    const [symbol = '', name = ''] = text.split(' ');
    const counted = `${symbol} ${active.byLevel[level]} ${name}`;
    return active.byLevel[level] === 0 ? paint('gray', counted) : paint(style, counted);
  });
  const facts: [string, string][] = [
    ['Since yesterday', changesText(changes.sinceYesterday)],
    ['Last 7 days', changesText(changes.sevenDays)],
    [
      'Data as of',
      asOf === null ? 'never: nothing was scanned yet' : `${exact(asOf)} (${relativeTime(asOf, now)})`,
    ],
    ['Runs', runsText(running)],
    ...(nextRun === null
      ? []
      : [
          ['Next run', `${printable(nextRun.schedule)} ${relativeTime(nextRun.at, now)}`] as [string, string],
        ]),
  ];
  const names = Math.max(...facts.map(([name]) => name.length));
  const more = suppressed === 0 ? '' : `, ${suppressed} suppressed`;
  return [
    paint('bold', `${active.total} active events${more}`),
    levels.join('  '),
    ...facts.map(([name, text]) => `${paint('gray', padded(name, names))}  ${text}`),
    ...troubleLines(accounts, screen),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function changesText({ new: fresh, resolved, reopened }: Changes): string {
  return `+${fresh} new  ${resolved} fixed  ${reopened} reopened`;
}

function exact(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

function runsText(running: Status['running']): string {
  if (running === null) return 'no server runs; vedette up starts one';
  if (running.length === 0) return 'none under way';
  const [first = '', ...others] = running;
  return `${running.length} under way: ${first}${others.length > 0 ? ' …' : ''}`;
}

function troubleLines({ total, trouble }: Status['accounts'], { width, paint }: Screen): string[] {
  if (trouble.length === 0)
    return [`All ${total} accounts are scanned, and all of what was looked at was seen.`];
  const shown = trouble.slice(0, MOST_TROUBLE);
  const names = Math.max(...shown.map(({ name }) => widthOf(printable(name))));
  const lines = shown.map(({ name, reasons }) => {
    const line = `  ${padded(printable(name), names)}  ${printable(reasons.join('; '))}`;
    return cutEnd(line, width);
  });
  const left = trouble.length - shown.length;
  return [
    paint('bold', `${trouble.length} of ${total} accounts need a look`),
    ...lines,
    ...(left > 0 ? [`  and ${left} more: vedette status -o json`] : []),
  ];
}
