import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { silent } from '../src/log.ts';
import { openResults, skim } from '../src/sources/scoutsuite/results-file.ts';
import { diskRate, inFolder, round, timed, vedette } from './harness.ts';
import type { Figures, Sizes } from './harness.ts';
import { writeResults } from './results-file.ts';

/** JSON.parse takes no longer text than 512 MiB. */
const COMPARED_BYTES = 2 ** 28;

/** How fast results are read: skimmed alone beside JSON.parse, and by `vedette parse` as a whole process. */
export async function run({ items, bytes }: Sizes): Promise<Figures> {
  return inFolder(async (folder) => {
    const file = join(folder, 'scoutsuite_results_bench.js');
    const figures: Figures = { 'disk, MB/s': round(await diskRate(folder)) };
    await writeResults(file, { items: items / 100, bytes: Math.min(bytes, COMPARED_BYTES) });
    Object.assign(figures, await beside(file));
    await writeResults(file, { items: items / 20, bytes });
    figures['large file'] = await parsed(file, folder);
    await writeResults(file, { items });
    figures['many items'] = await parsed(file, folder);
    return figures;
  });
}

async function beside(file: string): Promise<Figures> {
  const { size } = await stat(file);
  const rate = (seconds: number) => round(size / 1e6 / seconds);
  await readFile(file);
  const reading = await timed(() => readFile(file));
  // The first pass compiles what the second one uses.
  await skimAll(file);
  const skimming = await timed(() => skimAll(file));
  const texts: string[] = [];
  const loading = await timed(async () => {
    texts.push((await readFile(file, 'utf8')).replace('scoutsuite_results =\n', ''));
  });
  const parsing = await timed(() => void JSON.parse(texts[0] ?? ''));
  return {
    'read from memory, MB/s': rate(reading),
    'skim, MB/s': rate(skimming),
    'JSON.parse alone, MB/s': rate(parsing),
    'read whole and JSON.parse, MB/s': rate(loading + parsing),
    'skim, times JSON.parse alone': round(parsing / skimming),
    'skim, times read whole and JSON.parse': round((loading + parsing) / skimming),
  };
}

async function skimAll(file: string): Promise<void> {
  const context = { signal: new AbortController().signal, onProgress: () => {}, logger: silent };
  const results = await openResults(file);
  const visitor = { choose: () => 'skip' as const, value: () => {} };
  for await (const _ of skim(results, visitor, context));
  await results.handle.close();
}

async function parsed(file: string, home: string): Promise<Figures> {
  const megabytes = (await stat(file)).size / 1e6;
  const environment = { VEDETTE_HOME: home };
  const { seconds, cpuSeconds, peakMiB } = await vedette(['parse', file, '-o', 'jsonl'], environment, {
    discard: true,
  });
  return {
    MB: round(megabytes),
    seconds: round(seconds),
    'MB/s': round(megabytes / seconds),
    'MB per second of CPU': round(megabytes / cpuSeconds),
    'peak memory, MiB': round(peakMiB),
  };
}
