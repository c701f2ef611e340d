/**
 * `npm run chaos -- --rounds 30 [--seed 1] [--accounts 4] [--database sqlite|mariadb|both] [--faults 3] [--parallel 2]`
 *
 * Plays rounds of two runs with random kills and compares what is left with that of an undisturbed round. The seed of a
 * round repeats its faults: `--seed THAT --rounds 1`. Ends with 1 when a round ended otherwise than an undisturbed one.
 */
import { parseArgs } from 'node:util';
import { DATABASES } from '../support/stores.ts';
import type { Database } from '../support/stores.ts';
import type { Tables } from './compare.ts';
import type { Fault } from './faults.ts';
import { playRound } from './round.ts';
import type { RoundResult } from './round.ts';

const SHOWN_PROBLEMS = 12;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    accounts: { type: 'string', default: '4' },
    database: { type: 'string', default: 'both' },
    faults: { type: 'string', default: '3' },
    parallel: { type: 'string', default: '2' },
    keep: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const firstSeed = Number(values.seed);
const accounts = Number(values.accounts);
const faults = Number(values.faults);
/** The server that is killed is a MariaDB. */
const databases = DATABASES.filter(
  (kind) => kind !== 'mysql' && (values.database === 'both' || values.database === kind),
);

console.log(
  `seed ${firstSeed}: ${rounds} rounds, ${accounts} accounts, ${faults} faults a run, ${databases.join(' and ')}`,
);
const expected = new Map<Database, Tables>();
for (const database of databases) expected.set(database, await undisturbed(database));

const results: RoundResult[] = [];
let next = 0;
await Promise.all(Array.from({ length: Number(values.parallel) }, lane));
conclude();

async function undisturbed(database: Database): Promise<Tables> {
  const { tables, problems, durationMs } = await playRound({ seed: 0, accounts, database, faults: 0 });
  if (problems.length > 0) throw new Error(`the undisturbed round failed:\n${problems.join('\n')}`);
  const rows = Object.values(tables).reduce((sum, { length }) => sum + length, 0);
  console.log(`undisturbed on ${database}: ${rows} rows, ${seconds(durationMs)}`);
  return tables;
}

async function lane(): Promise<void> {
  for (let index = next++; index < rounds; index = next++) {
    const database = databases[index % databases.length] as Database;
    const tables = expected.get(database);
    const result = await playRound({
      seed: firstSeed + index,
      accounts,
      database,
      faults,
      keep: values.keep,
      ...(tables && { expected: tables }),
    });
    results.push(result);
    report(database, result);
  }
}

function report(
  database: Database,
  { seed, durationMs, problems, faults: struck, duplicateMails }: RoundResult,
): void {
  const verdict = problems.length === 0 ? '✓' : '✗';
  const kills = struck.map(({ component, aim }) => `${component}@${aim}`).join(' ');
  const twice = duplicateMails === 0 ? '' : `, ${duplicateMails} messages twice`;
  console.log(`${verdict} ${seed} ${database} ${seconds(durationMs)}${twice}: ${kills}`);
  for (const problem of problems.slice(0, SHOWN_PROBLEMS)) console.log(`    ${problem}`);
  if (problems.length > SHOWN_PROBLEMS) console.log(`    … ${problems.length} in all`);
}

function conclude(): void {
  const wrong = results.filter(({ problems }) => problems.length > 0).length;
  const struck = results.flatMap((result) => result.faults);
  const twice = results.reduce((sum, { duplicateMails }) => sum + duplicateMails, 0);
  console.log(`${results.length} rounds, ${struck.length} faults, ${wrong} rounds with differences`);
  console.log(`by component: ${tally(struck, ({ component }) => component)}`);
  console.log(`by aim: ${tally(struck, ({ aim }) => aim)}`);
  console.log(`messages that came twice, with the same Message-ID: ${twice}`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

function tally(struck: readonly Fault[], nameOf: (fault: Fault) => string): string {
  const counts = new Map<string, number>();
  for (const fault of struck) counts.set(nameOf(fault), (counts.get(nameOf(fault)) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(0)} s`;
}
