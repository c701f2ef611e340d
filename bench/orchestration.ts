import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { connectTemporal } from '../src/client/temporal.ts';
import { createWorld, end, exit, isRunning } from '../test/chaos/world.ts';
import type { World } from '../test/chaos/world.ts';
import { profileScanId } from '../test/support/run-input.ts';
import { inFolder, round, spread, timed } from './harness.ts';
import type { Figures, Sizes } from './harness.ts';
import { writeResults } from './results-file.ts';

const START_TIMEOUT_MS = 60_000;
/** The last ones, for the first ones find a program that is not warm yet. */
const MEASURED = 30;
const ONE_AT_A_TIME = 40;
const ITEMS = 20;
/** Unit of the times in /proc. */
const TICK_MS = 10;

/**
 * What Temporal adds on the embedded server, with accounts whose scans take no time: to each account scan, and to a run
 * over very many. No e-mail is sent: the mail server of the tests lets each sender wait.
 */
export async function run({ items }: Sizes): Promise<Figures> {
  const many = items / 1000;
  return {
    [`${ONE_AT_A_TIME} accounts, one at a time`]: await scanned(ONE_AT_A_TIME, '1'),
    [`${many} accounts, 8 at a time`]: await scanned(many, '8'),
  };
}

async function scanned(accounts: number, concurrency: string): Promise<Figures> {
  return inFolder(async (folder) => {
    const environment = {
      VEDETTE_SCOUT_COMMAND: await writeInstantScanner(folder),
      ENABLE_EMAIL_NOTIFICATIONS: 'false',
    };
    const world = await createWorld({ accounts, database: 'sqlite', environment });
    try {
      world.showScan(1);
      const up = world.vedette('up');
      const deadline = Date.now() + START_TIMEOUT_MS;
      while (world.stack()?.ready !== true && isRunning(up) && Date.now() < deadline) await sleep(50);
      const before = cpuTimes(world);
      const seconds = await timed(async () => {
        const command = world.vedette('scan', 'run', '--all', '--concurrency', concurrency);
        await exit(command);
        if (command.exitCode !== 0) throw new Error(`the run ended with ${command.exitCode}`);
      });
      const after = cpuTimes(world);
      const cpu = Object.entries(after).map(([name, ms]) => [
        name,
        round((ms - (before[name] ?? 0)) / accounts),
      ]);
      const histories = await lastHistories(world);
      await end(up);
      return {
        seconds: round(seconds),
        'accounts/s': round(accounts / seconds),
        ...figuresOf(histories),
        'CPU for an account, ms': Object.fromEntries(cpu) as Figures,
      };
    } finally {
      await world.remove();
    }
  });
}

/** Leaves the same few results for every profile of the world, dated now; needs next to no time. */
async function writeInstantScanner(folder: string): Promise<string> {
  const template = join(folder, 'results.js');
  await writeResults(template, { items: ITEMS, account: 'ACCOUNT', time: 'TIME' });
  const scanner = join(folder, 'scout');
  writeFileSync(
    scanner,
    `#!/bin/sh
for argument in "$@"; do
  case "$argument" in
    --profile=*) number=\${argument#--profile=account-} ;;
    --report-dir=*) folder=\${argument#--report-dir=}/scoutsuite-results ;;
  esac
done
mkdir -p "$folder"
sed -e "s/ACCOUNT/$((300000000000 + number))/" -e "s/TIME/$(date -u '+%Y-%m-%d %H:%M:%S+0000')/" \
  '${template}' > "$folder/scoutsuite_results_scan.js"
`,
    { mode: 0o755 },
  );
  return scanner;
}

/** What the processes of the stack have computed so far, with what they started, in milliseconds. */
function cpuTimes(world: World): Record<string, number> {
  const children = Object.entries(world.stack()?.children ?? {}).filter(([name]) => name !== 'api');
  return Object.fromEntries(
    children.map(([name, { pid }]) => {
      // After the name, which may contain anything: user, system, and both of the children that have ended.
      const fields =
        readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ').slice(11, 15) ?? [];
      return [name, TICK_MS * fields.reduce((sum, ticks) => sum + Number(ticks), 0)];
    }),
  );
}

async function lastHistories({ config, stack, profiles }: World): Promise<History[]> {
  const temporal = await connectTemporal(config, stack()?.address ?? '');
  try {
    const handles = profiles
      .slice(-MEASURED)
      .map((profile) => temporal.client.workflow.getHandle(profileScanId(profile)));
    return await Promise.all(handles.map((handle) => handle.fetchHistory()));
  } finally {
    await temporal.close();
  }
}

/** Of account scans: all their time, that of their steps, and the rest, which is Temporal's. */
function figuresOf(histories: readonly History[]): Figures {
  const whole: number[] = [];
  const added: number[] = [];
  const steps: Record<string, number[]> = {};
  for (const { events } of histories) {
    const byId = new Map((events ?? []).map((event) => [String(event.eventId), event]));
    const moment = (id: unknown): number => millisecondsOf(byId.get(String(id))?.eventTime);
    let working = 0;
    for (const { eventId, activityTaskCompletedEventAttributes: completed } of events ?? []) {
      if (completed == null) continue;
      const scheduled = byId.get(String(completed.scheduledEventId))?.activityTaskScheduledEventAttributes;
      const took = moment(eventId) - moment(completed.startedEventId);
      (steps[scheduled?.activityType?.name ?? ''] ??= []).push(took);
      working += took;
    }
    const all = moment(events?.at(-1)?.eventId) - moment(events?.[0]?.eventId);
    whole.push(all);
    added.push(all - working);
  }
  const medians = Object.entries(steps).map(([name, times]) => [name, spread(times)['median'] ?? 0]);
  return {
    'account scan, ms': spread(whole),
    'its steps, medians in ms': Object.fromEntries(medians) as Figures,
    'added by Temporal, ms': spread(added),
    'share of the steps': round(1 - sumOf(added) / sumOf(whole)),
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function millisecondsOf(time: { seconds?: unknown; nanos?: number | null } | null | undefined): number {
  return Number(time?.seconds ?? 0) * 1000 + (time?.nanos ?? 0) / 1e6;
}
