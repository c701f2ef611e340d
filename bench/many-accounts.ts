/**
 * One run over many accounts on this machine: `node --import ./test/support/typescript.js bench/many-accounts.ts
 * [accounts] [concurrency] [sqlite|mariadb]`. Needs the built program (`npm run build`). Tells outcomes, time and peak
 * memory of the worker.
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { DATABASES } from '../test/support/stores.ts';
import { createWorld, end, exit, isRunning } from '../test/chaos/world.ts';

const accounts = Number(process.argv[2] ?? 200);
const concurrency = process.argv[3] ?? '8';
const database = DATABASES.find((kind) => kind === process.argv[4]) ?? 'sqlite';
const START_TIMEOUT_MS = 60_000;

const world = await createWorld({ accounts, database, scanSeconds: () => 1 });
try {
  world.showScan(1);
  const up = world.vedette('up');
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (world.stack()?.ready !== true && isRunning(up) && Date.now() < deadline) await sleep(50);
  const worker = world.stack()?.children['worker']?.pid;

  const startedAt = performance.now();
  const command = world.vedette('scan', 'run', '--all', '--concurrency', concurrency);
  await exit(command);
  const seconds = (performance.now() - startedAt) / 1000;
  const peak = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${worker}/status`, 'utf8'))?.[1];
  const tables = await world.contents();
  const scans = tables['scans'] as { status: string; events_total: number }[];
  const recorded = scans.filter(({ status }) => status === 'recorded').length;

  console.log(`${accounts} accounts, ${concurrency} at a time, ${database}: exit code ${command.exitCode}`);
  console.log(
    `${recorded} scans recorded, ${tables['events']?.length} events, ${world.mail.sink.received.length} e-mails`,
  );
  console.log(`${seconds.toFixed(0)} s, ${(accounts / seconds).toFixed(1)} accounts a second`);
  console.log(
    `peak memory of the worker ${(Number(peak) / 1024).toFixed(0)} MiB; load ${loadavg()[0]?.toFixed(1)}`,
  );
  console.log(`left over: ${world.leftovers().length} files`);
  await end(up);
} finally {
  await world.remove();
}
