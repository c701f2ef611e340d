import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { JsonSkimmer } from '../src/json/json-skimmer.ts';
import { silent } from '../src/log.ts';
import { openResults, skim } from '../src/sources/scoutsuite/results/results-file.ts';
import { diskRate, inFolder, round, timed, vedette } from './harness.ts';
import type { Figures, Sizes } from './harness.ts';
import { writeResults } from './results-file.ts';

/** JSON.parse takes no longer text than 512 MiB. */
const COMPARED_BYTES = 2 ** 28;
const RUNS = 5;
const SKIP_ALL = { choose: () => 'skip' as const, value: () => {} };

/** How fast results are read: skimmed alone beside JSON.parse, and by `vedette parse` as a whole process. */
export async function run({ items, bytes }: Sizes): Promise<Figures> {
  return inFolder(async (folder) => {
    const file = join(folder, 'scoutsuite_results_bench.js');
    const figures: Figures = { 'disk, MB/s': round(await diskRate(folder)) };
    // Processes first: the peak that the system tells of one is at least the size of the process that started it.
    await writeResults(file, { items: items / 20, bytes });
    figures['large file'] = await parsed(file, folder);
    await writeResults(file, { items });
    const many = await parsed(file, folder);
    const eventMicroseconds = (Number(many['seconds of CPU']) * 1e6) / items;
    figures['many items'] = { ...many, 'CPU, µs an event': round(eventMicroseconds) };
    await writeResults(file, { items: items / 100, bytes: Math.min(bytes, COMPARED_BYTES) });
    Object.assign(figures, await beside(file));
    return figures;
  });
}

/**
 * Twice the same two ways: of bytes and a text that are in memory already, and of a file that the system has in its cache.
 * The runs of the two take turns, so that both meet the same machine.
 */
async function beside(file: string): Promise<Figures> {
  const { size } = await stat(file);
  const json = () => readFileSync(file).subarray('scoutsuite_results =\n'.length);
  const bytes = json();
  const text = bytes.toString();
  const [inMemory, parsing] = await medians(
    () => skimBytes(bytes),
    () => void JSON.parse(text),
  );
  const [fromFile, parsingFile, reading] = await medians(
    () => skimFile(file),
    () => void JSON.parse(json().toString()),
    () => readFile(file),
  );
  const rate = (seconds: number) => round(size / 1e6 / seconds);
  return {
    'in memory': {
      'skim, MB/s': rate(inMemory),
      'JSON.parse, MB/s': rate(parsing),
      'skim, times JSON.parse': round(parsing / inMemory),
    },
    'from the file': {
      'read whole alone, MB/s': rate(reading),
      'skim, MB/s': rate(fromFile),
      'read whole and JSON.parse, MB/s': rate(parsingFile),
      'skim, times read whole and JSON.parse': round(parsingFile / fromFile),
    },
  };
}

/** Seconds of each, the median of some runs after one that only warms up. */
async function medians<Works extends readonly (() => unknown)[]>(
  ...works: Works
): Promise<{ [Index in keyof Works]: number }> {
  const seconds: number[][] = works.map(() => []);
  for (let turn = 0; turn <= RUNS; turn += 1) {
    for (const [index, work] of works.entries()) {
      const taken = await timed(work);
      if (turn > 0) seconds[index]?.push(taken);
    }
  }
  const median = (all: readonly number[]) => all.toSorted((one, other) => one - other)[RUNS >> 1] ?? 0;
  return seconds.map(median) as { [Index in keyof Works]: number };
}

function skimBytes(bytes: Buffer): void {
  const skimmer = new JsonSkimmer(SKIP_ALL, (problem) => new Error(problem));
  skimmer.write(bytes);
  skimmer.end();
}

async function skimFile(file: string): Promise<void> {
  const context = { signal: new AbortController().signal, onProgress: () => {}, logger: silent };
  const results = await openResults(file);
  for await (const _ of skim(results, SKIP_ALL, context));
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
    'seconds of CPU': round(cpuSeconds),
    'MB/s': round(megabytes / seconds),
    'peak memory, MiB': round(peakMiB),
  };
}
