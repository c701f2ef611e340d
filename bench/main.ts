/**
 * Runs benchmarks and prints their figures: `npm run bench -- [--json] [--quick] [--items n] [name …]`. Files and databases are made
 * below the temporary folder and removed.
 */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { FULL, QUICK } from './harness.ts';
import type { Figures, Sizes } from './harness.ts';

interface Benchmark {
  run: (sizes: Sizes) => Promise<Figures>;
}

const BENCHMARKS: Readonly<Record<string, () => Promise<Benchmark>>> = {
  parse: () => import('./parse.ts'),
  import: () => import('./import.ts'),
  growth: () => import('./growth.ts'),
  neighbours: () => import('./neighbours.ts'),
  reads: () => import('./reads.ts'),
  start: () => import('./start.ts'),
  orchestration: () => import('./orchestration.ts'),
  detectors: () => import('./detectors.ts'),
  s3: () => import('./s3.ts'),
  checks: () => import('./checks.ts'),
  coverage: () => import('./coverage.ts'),
  view360: () => import('./view360.ts'),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
    run: { type: 'boolean' },
    items: { type: 'string' },
  },
});
const unknown = positionals.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}.`,
  );
  process.exit(2);
}
const names = positionals.length > 0 ? positionals : Object.keys(BENCHMARKS);
const defaults = values.quick === true ? QUICK : FULL;
const sizes = { ...defaults, items: Number(values.items ?? defaults.items) };

if (values.run === true) {
  const benchmark = await BENCHMARKS[names[0] ?? '']?.();
  console.log(JSON.stringify(await benchmark?.run(sizes)));
} else {
  await runAll();
}

/** Each in a process of its own, so that none is slowed by what another left in memory. */
async function runAll(): Promise<void> {
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    'memory, GiB': Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  const results: Record<string, Figures> = { machine };
  for (const name of names) {
    console.error(`${name} …`);
    const load = loadavg()[0] ?? 0;
    const args = [
      ...process.execArgv,
      import.meta.filename,
      '--run',
      name,
      ...(values.quick === true ? ['--quick'] : []),
      '--items',
      String(sizes.items),
    ];
    const output = execFileSync(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
    });
    results[name] = { 'load before': Number(load.toFixed(1)), ...(JSON.parse(output) as Figures) };
    if (values.json !== true) {
      console.log(name);
      printIndented(results[name] ?? {}, 1);
    }
  }
  if (values.json === true) console.log(JSON.stringify(results, null, 2));
}

function printIndented(figures: Figures, depth: number): void {
  for (const [name, figure] of Object.entries(figures)) {
    const indent = '  '.repeat(depth);
    if (typeof figure === 'object') {
      console.log(`${indent}${name}`);
      printIndented(figure, depth + 1);
    } else {
      console.log(`${indent}${name}: ${figure}`);
    }
  }
}
