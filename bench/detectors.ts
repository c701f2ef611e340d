import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { detectorSet } from '../src/sources/s3-data/detectors/detector-set.ts';
import { Scanner } from '../src/sources/s3-data/detectors/scanner.ts';
import { differences } from '../test/sources/s3-data/detectors/fuzz.ts';
import { inFolder, round, timed } from './harness.ts';
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
  '123-45-6788 ',
  'a@b.co ',
];

/**
 * How fast the default detectors are on one core, beside ripgrep with the same patterns where it is installed; two
 * processes at once; what is hard; and whether they find what their rules say on fuzzed texts.
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
      'peak memory, MiB': round(process.resourceUsage().maxRSS / 1024),
    };
    const other = ripgrep(file, size);
    if (other !== null)
      Object.assign(figures, {
        'ripgrep, MB/s of CPU': round(other),
        'times ripgrep': round(median / other),
      });
    const one = await timed(() => together(1, file));
    const two = await timed(() => together(2, file));
    figures['two processes, times one'] = round((2 * one) / two);
    figures['worst cases, MB/s of CPU'] = Object.fromEntries(
      WORST.map((text) => {
        const content = Buffer.from(text.repeat(Math.ceil(2 ** 24 / text.length)));
        scanBytes(content);
        return [
          JSON.stringify(text.slice(0, 12)),
          round(content.length / cpuSeconds(() => scanBytes(content)) / 1e6),
        ];
      }),
    );
    figures[`differences to the rules in ${FUZZED} fuzzed texts`] = differences(1, FUZZED).length;
    return figures;
  });
}

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

export function scanFile(file: string): void {
  const scanner = new Scanner(detectorSet(), 'bytes', 0, () => undefined);
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

async function together(count: number, file: string): Promise<void> {
  const code = `const { scanFile } = await import(${JSON.stringify(import.meta.url)}); for (let n = 0; n < 4; n += 1) scanFile(${JSON.stringify(file)});`;
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, [...process.execArgv, '--input-type=module', '-e', code], { stdio: 'inherit' }),
  );
  await Promise.all(children.map((child) => once(child, 'close')));
}

function ripgrep(file: string, size: number): number | null {
  const args = ['-j1', '--no-mmap', '-c', ...PATTERNS.flatMap((pattern) => ['-e', pattern]), file];
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
