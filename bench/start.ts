import { join } from 'node:path';
import { inFolder, spread, vedette, withDatabases } from './harness.ts';
import type { Figures, Sizes } from './harness.ts';
import { writeResults } from './results-file.ts';

const RUNS = 10;

/** How soon commands answer, as whole processes: `--help`, `event list` and the completion of an id on a database with many events. */
export async function run({ items, databases }: Sizes): Promise<Figures> {
  return inFolder(async (folder) => {
    const file = join(folder, 'scan.js');
    await writeResults(file, { items: items / 10 });
    const help = await repeated(['--help'], { VEDETTE_HOME: folder });
    const lists = await withDatabases(databases, async (_, environment) => {
      await vedette(['import', file], environment);
      return {
        'event list, seconds': await repeated(['event', 'list'], environment),
        'event list of active ones, seconds': await repeated(
          ['event', 'list', '--status', 'active'],
          environment,
        ),
        'completion of an id, seconds': await repeated(
          ['__complete', '--', 'event', 'show', ''],
          environment,
        ),
      };
    });
    return { '--help, seconds': help, ...lists };
  });
}

async function repeated(args: readonly string[], environment: Record<string, string>): Promise<Figures> {
  await vedette(args, environment);
  const runs: number[] = [];
  for (let count = 0; count < RUNS; count += 1) runs.push((await vedette(args, environment)).seconds);
  return spread(runs);
}
