/**
 * One run over many accounts on this machine: `node --import ./test/support/typescript.js bench/many-accounts.ts
 * [accounts] [concurrency] [sqlite|mariadb]`. Needs the built program (`npm run build`). Every tenth account cannot sign
 * in, and every tenth has an empty report. Tells outcomes, time and peak memory of the worker; ends with 1 when an
 * account ended otherwise than it should.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownPlace } from '../src/client/place.ts';
import { awaitRun, listRuns } from '../src/client/runs.ts';
import { connectTemporal } from '../src/client/temporal.ts';
import type { RunResult } from '../src/model/run.ts';
import { createWorld, end, exit, isRunning } from '../test/chaos/world.ts';
import type { World } from '../test/chaos/world.ts';
import { DATABASES } from '../test/support/stores.ts';

const accounts = Number(process.argv[2] ?? 200);
const concurrency = process.argv[3] ?? '8';
const database = DATABASES.find((kind) => kind === process.argv[4]) ?? 'sqlite';
const START_TIMEOUT_MS = 60_000;
/** Of the recorded scans that the accounts take turns with. */
const EVENTS = [555, 230];

const world = await createWorld({ accounts, database, scanSeconds: () => 1 });
try {
  world.showScan(1);
  breakSome(world);
  const up = world.vedette('up');
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (world.stack()?.ready !== true && isRunning(up) && Date.now() < deadline) await sleep(50);
  const worker = world.stack()?.children['worker']?.pid;

  const startedAt = performance.now();
  const command = world.vedette('scan', 'run', '--all', '--concurrency', concurrency);
  await exit(command);
  const seconds = (performance.now() - startedAt) / 1000;
  const peak = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${worker}/status`, 'utf8'))?.[1];
  const run = await resultOf(world);
  const wrong = run.accounts.filter((account) => {
    const { outcome, type, events } = expected(world.profiles.indexOf(account.profile));
    return (
      outcome !== account.outcome || type !== account.error?.type || events !== account.scan?.events.total
    );
  });
  const tables = await world.contents();

  console.log(`${accounts} accounts, ${concurrency} at a time, ${database}: exit code ${command.exitCode}`);
  console.log(tally(run));
  console.log(`${run.accounts.length - wrong.length} outcomes right, ${wrong.length} wrong`);
  for (const { profile, outcome, error } of wrong.slice(0, 10))
    console.log(`  ${profile}: ${outcome} ${error?.message ?? ''}`);
  console.log(
    `${tables['scans']?.length} scans, ${tables['events']?.length} events, ${world.mail.sink.received.length} e-mails`,
  );
  console.log(`${seconds.toFixed(0)} s, ${(accounts / seconds).toFixed(1)} accounts a second`);
  console.log(
    `peak memory of the worker ${(Number(peak) / 1024).toFixed(0)} MiB; load ${loadavg()[0]?.toFixed(1)}`,
  );
  console.log(`left over: ${world.leftovers().length} files`);
  await end(up);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await world.remove();
}

function isRefused(index: number): boolean {
  return index % 10 === 3;
}

function isEmpty(index: number): boolean {
  return index % 10 === 7;
}

function breakSome({ home, profiles }: World): void {
  const file = join(home, 'aws-config');
  const sections = readFileSync(file, 'utf8').split(/^(?=\[)/m);
  const broken = sections.map((section, index) => {
    if (isRefused(index)) return `${section.trimEnd()}\nrecorded_exit_code = 101\n\n`;
    return isEmpty(index) ? `${section.trimEnd()}\nrecorded_empty = true\n\n` : section;
  });
  if (broken.length !== profiles.length) throw new Error(`${file} has ${broken.length} sections`);
  writeFileSync(file, broken.join(''));
}

function expected(index: number): { outcome: string; type?: string; events?: number | undefined } {
  if (isRefused(index)) return { outcome: 'failed-scan', type: 'credentials' };
  if (isEmpty(index)) return { outcome: 'failed-scan', type: 'scan-empty' };
  return { outcome: 'success', events: EVENTS[index % EVENTS.length] };
}

async function resultOf({ config, stack }: World): Promise<RunResult> {
  const temporal = await connectTemporal(config, stack()?.address ?? '');
  try {
    const [run] = await listRuns(ownPlace(temporal, config), 1);
    return await awaitRun(temporal, run?.runId ?? '');
  } finally {
    await temporal.close();
  }
}

function tally({ accounts: all }: RunResult): string {
  const counts = new Map<string, number>();
  for (const { outcome } of all) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}
