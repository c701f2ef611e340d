import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectTemporal } from '../src/client/temporal.ts';
import { accountScanId } from '../src/model/names.ts';
import { createWorld, end, exit, isRunning } from '../test/chaos/world.ts';
import type { World } from '../test/chaos/world.ts';
import { inFolder, round, spread, timed } from './harness.ts';
import type { Figures, Sizes } from './harness.ts';
import { writeResults } from './results-file.ts';

const START_TIMEOUT_MS = 60_000;
const MEASURED = 30;
const ITEMS = 20;

/**
 * What Temporal adds on the embedded server, with accounts whose scans take no time: to each account scan, and to a run
 * over very many.
 */
export async function run({ items }: Sizes): Promise<Figures> {
  const figures: Figures = {};
  figures['30 accounts, one at a time'] = await scanned(30, '1');
  const many = items / 1000;
  figures[`${many} accounts, 8 at a time`] = await scanned(many, '8');
  return figures;
}

async function scanned(accounts: number, concurrency: string): Promise<Figures> {
  return inFolder(async (folder) => {
    const environment = { VEDETTE_SCOUT_COMMAND: await writeInstantScanner(folder) };
    const world = await createWorld({ accounts, database: 'sqlite', environment });
    try {
      world.showScan(1);
      const up = world.vedette('up');
      const deadline = Date.now() + START_TIMEOUT_MS;
      while (world.stack()?.ready !== true && isRunning(up) && Date.now() < deadline) await sleep(50);
      const seconds = await timed(async () => {
        const command = world.vedette('scan', 'run', '--all', '--concurrency', concurrency);
        await exit(command);
        if (command.exitCode !== 0) throw new Error(`the run ended with ${command.exitCode}`);
      });
      const added = await addedByTemporal(world);
      await end(up);
      return { seconds: round(seconds), 'accounts/s': round(accounts / seconds), ...added };
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

/** Of some account scans: all their time, that of their activities, and the rest. */
async function addedByTemporal({ config, stack, profiles }: World): Promise<Figures> {
  const temporal = await connectTemporal(config, stack()?.address ?? '');
  try {
    const whole: number[] = [];
    const added: number[] = [];
    for (const profile of profiles.slice(-MEASURED)) {
      const { events } = await temporal.client.workflow
        .getHandle(accountScanId('scoutsuite', profile))
        .fetchHistory();
      const moments = (events ?? []).map(({ eventTime }) => millisecondsOf(eventTime));
      const working = (events ?? []).reduce((sum, event, index) => {
        const started = event.activityTaskCompletedEventAttributes?.startedEventId;
        if (started === undefined || started === null) return sum;
        const begin = events?.findIndex(({ eventId }) => String(eventId) === String(started)) ?? index;
        return sum + (moments[index] ?? 0) - (moments[begin] ?? 0);
      }, 0);
      const all = (moments.at(-1) ?? 0) - (moments[0] ?? 0);
      whole.push(all);
      added.push(all - working);
    }
    return { 'account scan, ms': spread(whole), 'added by Temporal, ms': spread(added) };
  } finally {
    await temporal.close();
  }
}

function millisecondsOf(time: { seconds?: unknown; nanos?: number | null } | null | undefined): number {
  return Number(time?.seconds ?? 0) * 1000 + (time?.nanos ?? 0) / 1e6;
}
