import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { joinFiles } from '../../src/artifacts/join-files.ts';
import type { SettingGroup } from '../../src/config/setting.ts';
import type { CollectInput, Scanner } from '../../src/sources/source.ts';
import type { WorkContext } from '../../src/work-context.ts';

/** All that a source with units collects, as the workflow would have it collected; gives the results file. */
export async function collectWhole<Group extends SettingGroup>(
  source: Pick<Scanner<Group>, 'collect' | 'units'>,
  input: CollectInput<Group>,
  context: WorkContext,
): Promise<string> {
  const { file, planFrom } = await source.collect(input, context);
  const { units } = source;
  if (units === undefined) return file;
  const files: string[] = [];
  for (let next: { cursor: unknown } | null = { cursor: planFrom ?? null }; next !== null;) {
    const plan: Awaited<ReturnType<typeof units.plan>> = await units.plan(input, next.cursor, context);
    const waiting = plan.batches.map((batch, index) => ({ batch, index: files.length + index }));
    const lane = async (): Promise<void> => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
        const folder = await mkdtemp(join(input.folder, 'batch-'));
        files[one.index] = await units.collectBatch({ ...input, folder }, one.batch, context);
      }
    };
    await Promise.all(Array.from({ length: units.atOnce(input) }, lane));
    next = plan.next;
  }
  async function* all(): AsyncGenerator<string> {
    yield* files;
  }
  const joined = join(input.folder, 'joined.jsonl.gz');
  await joinFiles(file, all(), joined, context.signal);
  return joined;
}
