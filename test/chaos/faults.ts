import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sqliteDriver } from '../../src/sqlite-driver.ts';
import type { Chance } from './random.ts';
import type { World } from './world.ts';

/**
 * What a fault strikes. `machine` is everything of vedette at once, but not the scanners; what is frozen stands still for
 * a while and goes on as if nothing had been.
 */
export const COMPONENTS = [
  'worker',
  'temporal',
  'supervisor',
  'cli',
  'database',
  'mail',
  'machine',
  'frozen-worker',
  'frozen-temporal',
  'frozen-database',
] as const;
export type Component = (typeof COMPONENTS)[number];

/** Where in the pipeline it strikes: as soon as an account is seen in that stage, or at any time. */
export const AIMS = ['scan', 'parse', 'persist', 'resolve', 'notify', 'clean-up', 'any'] as const;
export type Aim = (typeof AIMS)[number];

export interface Fault {
  component: Component;
  aim: Aim;
  /** After the aim is met; for `any`, after the fault before. */
  delayMs: number;
  /** How long what does not come back by itself stays away. */
  awayMs: number;
}

/** A worker may be frozen for so long that its steps are taken from it. */
const WORKER_FROZEN_TIMES = 10;

interface Sqlite {
  exec(sql: string): void;
  close(): void;
}

export function planFaults({ whole, pick }: Chance, count: number): Fault[] {
  return Array.from({ length: count }, () => {
    const aim = pick(AIMS);
    const delayMs = aim === 'any' ? whole(0, 4000) : whole(0, 120);
    return { component: pick(COMPONENTS), aim, delayMs, awayMs: whole(0, 3000) };
  });
}

/**
 * Does the harm; what is away is back when this returns, except for processes that the round starts again. Gives whether
 * there was anything to strike.
 */
export async function strike(
  world: World,
  { component, awayMs }: Fault,
  cli: number | undefined,
): Promise<boolean> {
  const stack = world.stack();
  switch (component) {
    case 'worker':
      return kill(stack?.children['worker']?.pid);
    case 'temporal':
      return kill(stack?.children['temporal']?.pid);
    case 'supervisor':
      return kill(stack?.supervisor.pid);
    case 'cli':
      return kill(cli);
    case 'machine':
      return kill(
        stack?.supervisor.pid,
        cli,
        stack?.children['worker']?.pid,
        stack?.children['temporal']?.pid,
      );
    case 'mail':
      await world.mail.proxy.off();
      await sleep(awayMs);
      await world.mail.proxy.on();
      return true;
    case 'database':
      if (world.mariaDb === undefined) return lockSqlite(world, awayMs);
      await world.mariaDb.crash(awayMs);
      return true;
    case 'frozen-worker':
      return freeze(stack?.children['worker']?.pid, awayMs * WORKER_FROZEN_TIMES);
    case 'frozen-temporal':
      return freeze(stack?.children['temporal']?.pid, awayMs);
    case 'frozen-database':
      if (world.mariaDb === undefined) return lockSqlite(world, awayMs);
      await world.mariaDb.freeze(awayMs);
      return true;
  }
}

async function freeze(pid: number | undefined, forMs: number): Promise<boolean> {
  if (!signal('SIGSTOP', pid)) return false;
  await sleep(forMs);
  return signal('SIGCONT', pid);
}

function kill(...pids: readonly (number | undefined)[]): boolean {
  return pids.filter((pid) => signal('SIGKILL', pid)).length > 0;
}

function signal(name: NodeJS.Signals, pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, name);
  } catch {
    // It is gone already.
    return false;
  }
}

/** SQLite has no server to kill: another process holds its write lock. */
async function lockSqlite(world: World, awayMs: number): Promise<boolean> {
  const Database = sqliteDriver() as new (file: string, options: { timeout: number }) => Sqlite;
  const database = new Database(join(world.home, 'vedette.db'), { timeout: 0 });
  try {
    database.exec('BEGIN IMMEDIATE');
    await sleep(awayMs);
    database.exec('ROLLBACK');
    return true;
  } catch {
    // The worker is writing at this very moment.
    return false;
  } finally {
    database.close();
  }
}
