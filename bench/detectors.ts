import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import { detectorSet } from '../src/sources/s3-data/detectors/detector-set.ts';
import { Scanner } from '../src/sources/s3-data/detectors/scanner.ts';
import { differences } from '../test/sources/s3-data/detectors/fuzz.ts';
import { inFolder, round } from './harness.ts';
import type { Figures, Sizes } from './harness.ts';

const RUNS = 5;
const CHUNK = 1024 * 1024;
const FUZZED = 1_000_000;

/** The five patterns, as somebody would look for them with ripgrep: without check digits, and without the finer rules. */
const PATTERNS = [
  String.raw`\b\d{3}-\d{2}-\d{4}\b`,
  String.raw`\b(?:\d{4}[- ]?){3}\d{4}\b|\b3[47]\d{2}[- ]?\d{6}[- ]?\d{5}\b`,
  String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
  String.raw`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`,
  String.raw`(?:\+1[-. ]?)?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}\b`,
];
/** What is hard for one detector or another: places to look at everywhere, and nothing, or everything, there. */
const WORST = [
  '1234567 ',
  '12-34-56-',
  `${'x'.repeat(31)}@`,
  'a.a.a.',
  'a@',
  '@',
  '4111 ',
  '-1234',
  '415-555-',
  'AKIA',
  '4111 1111 1111 1112 ',
  'a@b.c1 ',
  'a@b.1cc ',
  'a@b.c ',
  'a@b.cc1.',
  `${'x'.repeat(31)}@${'x'.repeat(30)}.1 `,
];
/** Nothing but matches. Of an object no more than 10,000 are shown, all others counted only. */
const MATCHES = ['123-45-6788 ', 'a@b.co ', '415-555-2671 ', '4111 1111 1111 1111 '];

/**
 * How fast the default detectors are on one core, beside ripgrep with the same patterns where `rg` is in the PATH (npm has
 * one: `@vscode/ripgrep`); two processes at once; what is hard; and whether they find what their rules say on fuzzed texts.
 */
export async function run({ bytes }: Sizes): Promise<Figures> {
  return inFolder(async (folder) => {
    const size = Math.min(bytes, 2 ** 28);
    const file = join(folder, 'log.txt');
    writeLog(file, size);
    const rates: number[] = [];
    for (let turn = 0; turn <= RUNS; turn += 1) {
      const rate = size / cpuSeconds(() => scanFile(file)) / 1e6;
      if (turn > 0) rates.push(rate);
    }
    const median = rates.toSorted((one, other) => one - other)[RUNS >> 1] ?? 0;
    const figures: Figures = {
      MB: round(size / 1e6),
      'MB/s of CPU': round(median),
    };
    const other = ripgrep(file, size);
    if (other === null)
      figures['times ripgrep'] = 'no rg in the PATH: apt-get install ripgrep, or npm install @vscode/ripgrep';
    else {
      figures['ripgrep, MB/s of CPU'] = round(other);
      figures['times ripgrep'] = round(median / other);
    }
    const load = round((loadavg()[0] ?? 0) / cpus().length);
    const one = await together(1, file);
    const two = await together(2, file);
    figures['peak memory of a process, MiB'] = round(Math.max(...two.map(({ MiB }) => MiB)));
    figures['two processes, times one'] = round(sum(two) / sum(one));
    figures['load before it, of the cores'] = load;
    figures['worst cases, MB/s of CPU'] = repeated(WORST);
    figures['matches alone, counted, MB/s of CPU'] = repeated(MATCHES);
    figures[`differences to the rules in ${FUZZED} fuzzed texts`] = differences(1, FUZZED).length;
    return figures;
  });
}

function repeated(texts: readonly string[]): Figures {
  return Object.fromEntries(
    texts.map((text) => {
      const content = Buffer.from(text.repeat(Math.ceil(2 ** 24 / text.length)));
      scanBytes(content);
      return [
        JSON.stringify(text.slice(0, 20)),
        round(content.length / cpuSeconds(() => scanBytes(content)) / 1e6),
      ];
    }),
  );
}

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function scanFile(file: string): void {
  const scanner = new Scanner(detectorSet(), 'bytes', 0, (match) => match.show());
  const chunk = Buffer.alloc(CHUNK);
  const handle = openSync(file, 'r');
  for (let read = readSync(handle, chunk); read > 0; read = readSync(handle, chunk))
    scanner.write(chunk.subarray(0, read));
  scanner.finish();
  closeSync(handle);
}

function scanBytes(content: Buffer): void {
  const scanner = new Scanner(detectorSet(), 'bytes', 0, () => undefined);
  for (let at = 0; at < content.length; at += CHUNK) scanner.write(content.subarray(at, at + CHUNK));
  scanner.finish();
}

/**
 * Processes that scan the file at the same time, without what Node and the loader of TypeScript take to begin: MB/s of
 * each by the clock, which says nothing on cores that others use as well, and the memory that it had at most.
 */
async function together(count: number, file: string): Promise<{ rate: number; MiB: number }[]> {
  const scanner = JSON.stringify(join(packageRoot(), 'dist/src/sources/s3-data'));
  const code = `
    const { detectorSet } = await import(${scanner} + '/detectors/detector-set.js');
    const { Scanner } = await import(${scanner} + '/detectors/scanner.js');
    const file = ${JSON.stringify(file)};
    const { openSync, readSync, statSync } = await import('node:fs');
    const chunk = Buffer.alloc(${CHUNK});
    const scan = () => {
      const scanner = new Scanner(detectorSet(), 'bytes', 0, (match) => match.show());
      const handle = openSync(file, 'r');
      for (let read = readSync(handle, chunk); read > 0; read = readSync(handle, chunk)) scanner.write(chunk.subarray(0, read));
      scanner.finish();
    };
    scan();
    process.send('ready');
    await new Promise((resolve) => process.once('message', resolve));
    const before = performance.now();
    for (let turn = 0; turn < 4; turn += 1) scan();
    const rate = (4 * statSync(file).size) / (performance.now() - before) / 1000;
    process.send({ rate, MiB: process.resourceUsage().maxRSS / 1024 });
    process.disconnect();`;
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  const ended = children.map(
    async (child) => (await once(child, 'message'))[0] as { rate: number; MiB: number },
  );
  for (const child of children) child.send('go');
  return Promise.all(ended);
}

function sum(all: readonly { rate: number }[]): number {
  return all.reduce((total, { rate }) => total + rate, 0);
}

function ripgrep(file: string, size: number): number | null {
  const args = [
    '-j1',
    '--no-mmap',
    '--no-unicode',
    '-c',
    ...PATTERNS.flatMap((pattern) => ['-e', pattern]),
    file,
  ];
  try {
    execFileSync('rg', ['--version'], { stdio: 'ignore' });
    return ripgrepRate(args, size);
  } catch {
    return null;
  }
}

function ripgrepRate(args: readonly string[], size: number): number {
  const script = 'TIMEFORMAT="%U %S"; { time rg "$@" >/dev/null; } 2>&1';
  const rates = Array.from({ length: RUNS }, () => {
    const [user, system] = execFileSync('bash', ['-c', script, 'rg', ...args], { encoding: 'utf8' })
      .trim()
      .split(' ');
    return size / (Number(user) + Number(system)) / 1e6;
  });
  return rates.toSorted((one, other) => one - other)[RUNS >> 1] ?? 0;
}

/** Lines of a log, of which every fiftieth holds something. */
function writeLog(file: string, size: number): void {
  const values = [
    '123-45-6789',
    '4111 1111 1111 1111',
    'AKIAIOSFODNN7EXAMPLE',
    'john.smith@example.com',
    '(415) 555-2671',
  ];
  const lines = Array.from({ length: 20_000 }, (_, index) => {
    const id = (index * 2_654_435_761).toString(16).padStart(12, '0');
    const found = index % 50 === 0 ? ` value=${values[(index / 50) % values.length]};` : '';
    return `2025-07-${String((index % 28) + 1).padStart(2, '0')}T10:${String(index % 60).padStart(2, '0')}:07.${index % 1000}Z INFO [worker-${index % 64}] req=${id}-4c1d-a2b3-${id} request handler returned status ok${found} latency_ms=${index % 9999}\n`;
  });
  const block = Buffer.from(lines.join(''));
  const handle = openSync(file, 'w');
  for (let written = 0; written < size; written += block.length)
    writeSync(handle, block, 0, Math.min(block.length, size - written));
  closeSync(handle);
}
