import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { ownPlace } from '../../src/client/place.ts';
import { describeRun, listRuns, liveAccounts, runResult } from '../../src/client/runs.ts';
import { connectTemporal } from '../../src/client/temporal.ts';
import type { Temporal } from '../../src/client/temporal.ts';
import { scanSummaryId } from '../../src/model/names.ts';
import type { RunResult } from '../../src/model/run.ts';
import { isAlive } from '../../src/processes/identity.ts';
import type { Database } from '../support/stores.ts';
import { differences } from './compare.ts';
import type { Tables } from './compare.ts';
import { planFaults, strike } from './faults.ts';
import type { Fault } from './faults.ts';
import { chance } from './random.ts';
import type { Chance } from './random.ts';
import { createWorld, end, isRunning } from './world.ts';
import type { World } from './world.ts';

export interface RoundOptions {
  seed: number;
  accounts: number;
  database: Database;
  /** Per run; each round has two runs. */
  faults: number;
  /** What an undisturbed round leaves in the database; without it nothing is compared. */
  expected?: Tables;
  /** Leaves the folder of a round that went wrong, and says where it is. */
  keep?: boolean;
}

export interface RoundResult {
  seed: number;
  /** Those that struck something. */
  faults: Fault[];
  durationMs: number;
  /** Empty when the round ended as an undisturbed one does. */
  problems: string[];
  tables: Tables;
  /** Messages that arrived more than once, with the same Message-ID. */
  duplicateMails: number;
}

const RUNS = 2;
const CONCURRENCY = 3;
const RUN_TIMEOUT_MS = 5 * 60_000;
const AIM_TIMEOUT_MS = 10_000;
const POLL_MS = 60;
/** A command that brings the stack itself begins with it in this time. */
const OWNED_WITHIN_MS = 2500;
/** A run that was started is listed after a moment only. */
const LISTED_WITHIN_MS = 3000;

/** Two runs over all accounts of a fresh vedette, with faults, and what came of them. */
export async function playRound(options: RoundOptions): Promise<RoundResult> {
  const { seed, accounts, database, faults: count, expected } = options;
  const startedAt = Date.now();
  const dice = chance(seed);
  const world = await createWorld({ accounts, database, scanSeconds: (index) => 0.5 + (index % 3) });
  const faults: Fault[] = [];
  const problems: string[] = [];
  let tables: Tables = {};
  let duplicateMails = 0;
  const players = new Players(world);
  try {
    await players.begin(dice.pick([true, false]));
    for (let run = 1; run <= RUNS; run += 1) {
      world.showScan(run);
      const plan = planFaults(dice, count);
      problems.push(...(await playRun(world, players, plan, dice, (fault) => faults.push(fault))));
    }
    await players.end();
    tables = await world.contents();
    if (expected !== undefined) problems.push(...differences(tables, expected));
    problems.push(...world.leftovers().map((file) => `left over: ${file}`));
    problems.push(...world.processes().map((process) => `still running: ${process}`));
    const mails = await countMails(world);
    duplicateMails = mails.duplicates;
    if (mails.different !== accounts * RUNS) {
      problems.push(`${mails.different} different messages, not ${accounts * RUNS}`);
    }
  } catch (error) {
    problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  if (problems.length > 0 && options.keep === true) problems.push(`kept: ${world.home}`);
  else await world.remove();
  return { seed, faults, durationMs: Date.now() - startedAt, problems, tables, duplicateMails };
}

/** One run from its start to its end, disturbed; gives what is wrong with it. */
async function playRun(
  world: World,
  players: Players,
  plan: readonly Fault[],
  dice: Chance,
  onStruck: (fault: Fault) => void,
): Promise<string[]> {
  players.startRun();
  const deadline = Date.now() + RUN_TIMEOUT_MS;
  for (const fault of plan) {
    if (await players.hasEnded()) break;
    await aim(players, fault);
    if (await strike(world, fault, players.cliPid())) onStruck(fault);
    await sleep(dice.whole(0, 1500));
    await players.revive();
  }
  let result = await players.result();
  for (; result === null; result = await players.result()) {
    if (Date.now() > deadline) return [`the run did not end in ${RUN_TIMEOUT_MS / 1000} s`];
    await players.revive();
    await sleep(POLL_MS);
  }
  const { status, accounts } = result;
  const failed = accounts.filter(({ outcome }) => outcome !== 'success');
  return [
    ...(status === 'completed' ? [] : [`the run is ${status}`]),
    ...failed.map(({ profile, outcome, error }) => `${profile}: ${outcome} ${error?.message ?? ''}`),
    ...(await players.cliProblems()),
  ];
}

/** Waits until the pipeline is where the fault is to strike. */
async function aim(players: Players, { aim: stage, delayMs }: Fault): Promise<void> {
  const deadline = Date.now() + AIM_TIMEOUT_MS;
  const reached = async (): Promise<boolean> => stage === 'any' || (await players.stages()).includes(stage);
  while (!(await reached()) && Date.now() < deadline) {
    await players.revive();
    await sleep(POLL_MS);
  }
  await sleep(delayMs);
}

/** The programs that a person would start, and start again when they are gone. */
class Players {
  readonly #world: World;
  #up: ChildProcess | undefined;
  /** When somebody was last seen to supervise the stack. */
  #ownedAt = Date.now();
  /** Every `scan run` of this run, the last one last. */
  #commands: ChildProcess[] = [];
  #temporal: Temporal | undefined;
  readonly #earlier = new Set<string>();
  #runId: string | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** With `vedette up` first, or with nothing: then the first `scan run` brings the stack. */
  async begin(withStack: boolean): Promise<void> {
    if (!withStack) return;
    this.#up = this.#world.vedette('up');
    while (this.#world.stack()?.ready !== true && isRunning(this.#up)) await sleep(POLL_MS);
  }

  startRun(): void {
    if (this.#runId !== undefined) this.#earlier.add(this.#runId);
    this.#runId = undefined;
    this.#commands = [];
    this.#startCommand();
  }

  #startCommand(): void {
    const accounts = this.#world.profiles.flatMap((profile) => ['--account', profile]);
    this.#commands.push(
      this.#world.vedette('scan', 'run', ...accounts, '--concurrency', String(CONCURRENCY)),
    );
  }

  cliPid(): number | undefined {
    const command = this.#commands.at(-1);
    return isRunning(command) ? command.pid : undefined;
  }

  /** Starts what nobody supervises: the stack, and the command when it was killed before the run began. */
  async revive(): Promise<void> {
    const owner = this.#world.stack()?.supervisor;
    const owned = owner !== undefined && isAlive(owner);
    if (owned) this.#ownedAt = Date.now();
    const abandoned = Date.now() - this.#ownedAt > OWNED_WITHIN_MS;
    if (abandoned && !isRunning(this.#up)) this.#up = this.#world.vedette('up');
    if (this.cliPid() !== undefined || (await this.#findRun()) !== null) return;
    await sleep(LISTED_WITHIN_MS);
    if ((await this.#findRun()) === null) this.#startCommand();
  }

  async hasEnded(): Promise<boolean> {
    try {
      const runId = await this.#findRun();
      if (runId == null) return false;
      const temporal = await this.#connection();
      if ((await describeRun(ownPlace(temporal, this.#world.config), runId)).status === 'running')
        return false;
      const summary = await temporal.client.workflow.getHandle(scanSummaryId(runId)).describe();
      return summary.status.name !== 'RUNNING';
    } catch {
      return false;
    }
  }

  /** Null until the run has ended; and when the stack has gone before it could tell, for it comes back. */
  async result(): Promise<RunResult | null> {
    if (!(await this.hasEnded())) return null;
    const runId = await this.#findRun();
    return runResult(await this.#connection(), runId ?? '').catch(() => null);
  }

  async stages(): Promise<(string | null)[]> {
    try {
      const runId = await this.#findRun();
      if (runId == null) return [];
      return (await liveAccounts(ownPlace(await this.#connection(), this.#world.config), runId)).map(
        ({ stage }) => stage,
      );
    } catch {
      return [];
    }
  }

  /** A command that was not killed must have seen the run through. */
  async cliProblems(): Promise<string[]> {
    const deadline = Date.now() + 30_000;
    while (this.cliPid() !== undefined && Date.now() < deadline) await sleep(POLL_MS);
    const blind = this.#commands.filter(isRunning);
    for (const command of blind) command.kill('SIGKILL');
    const codes = this.#commands.flatMap(({ exitCode }) => exitCode ?? []).filter((code) => code !== 0);
    return [
      ...blind.map(() => 'scan run did not notice the end of the run'),
      ...codes.map((code) => `scan run ended with code ${code}: ${this.#world.complaints()}`),
    ];
  }

  async end(): Promise<void> {
    await this.#disconnect();
    if (isRunning(this.#up)) await end(this.#up);
  }

  /** The run's id; null when there is surely none, undefined when that cannot be known now. */
  async #findRun(): Promise<string | null | undefined> {
    if (this.#runId !== undefined) return this.#runId;
    try {
      const runs = await listRuns(ownPlace(await this.#connection(), this.#world.config), 10);
      this.#runId = runs.find(({ runId }) => !this.#earlier.has(runId))?.runId;
      return this.#runId ?? null;
    } catch {
      return undefined;
    }
  }

  async #connection(): Promise<Temporal> {
    const stack = this.#world.stack();
    const address = stack?.ready === true && isAlive(stack.supervisor) ? stack.address : '';
    if (this.#temporal?.address !== address) await this.#disconnect();
    this.#temporal ??= await connectTemporal(this.#world.config, address);
    return this.#temporal;
  }

  async #disconnect(): Promise<void> {
    await this.#temporal?.close();
    this.#temporal = undefined;
  }
}

async function countMails(world: World): Promise<{ different: number; duplicates: number }> {
  const mails = await Promise.all(world.mail.sink.received.map(({ raw }) => simpleParser(raw)));
  const different = new Set(mails.map(({ messageId }) => messageId)).size;
  return { different, duplicates: mails.length - different };
}
