import { join } from 'node:path';
import { inFolder, round, spread, vedette, withDatabases } from './harness.ts';
import type { Figures, Sizes } from './harness.ts';
import { writeResults } from './results-file.ts';

const SMALL_ITEMS = 500;
const ALONE = 5;

/**
 * What others notice while a large scan is imported: an import for another account, and `event list`, one after the other,
 * as whole processes on the same database; beside the same without the large import.
 */
export async function run({ items, databases }: Sizes): Promise<Figures> {
  return inFolder((folder) =>
    withDatabases(databases, async (_, environment) => {
      const large = join(folder, 'large.js');
      await writeResults(large, { items });
      let scans = 0;
      const others = { import: [] as number[], list: [] as number[] };
      const once = async (): Promise<void> => {
        const small = join(folder, 'small.js');
        const time = new Date(Date.UTC(2026, 0, 1, 0, scans++)).toISOString().slice(0, 19).replace('T', ' ');
        await writeResults(small, { items: SMALL_ITEMS, account: '555555555555', time: `${time}+0000` });
        others.import.push((await vedette(['import', small], environment)).seconds);
        others.list.push((await vedette(['event', 'list'], environment)).seconds);
      };
      for (let count = 0; count < ALONE; count += 1) await once();
      const alone = { import: others.import.splice(0), list: others.list.splice(0) };

      const importing = { ended: false };
      const ending = vedette(['import', large], environment).finally(() => (importing.ended = true));
      while (!importing.ended) await once();
      const { seconds } = await ending;
      return {
        'large import, seconds': round(seconds),
        'import of another account, seconds': {
          alone: spread(alone.import),
          meanwhile: spread(others.import),
        },
        'event list, seconds': { alone: spread(alone.list), meanwhile: spread(others.list) },
      };
    }),
  );
}
