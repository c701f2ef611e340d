import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interpretResults } from '../src/sources/scoutsuite/interpret.ts';
import { openResults, skim } from '../src/sources/scoutsuite/results-file.ts';
import { silent } from '../src/log.ts';

/**
 * How fast results are read, beside JSON.parse of the same file: skimming alone, and down to events.
 * `MEBIBYTES` as the first argument sets the size of the file (default 256; JSON.parse ends at about 500).
 */
const mebibytes = Number(process.argv[2] ?? 256);
const context = { signal: new AbortController().signal, onProgress: () => {}, logger: silent };

const folder = await mkdtemp(join(tmpdir(), 'vedette-bench-'));
try {
  const file = join(folder, 'scoutsuite_results_bench.js');
  await writeResults(file, mebibytes * 2 ** 20);
  const megabytes = (await stat(file)).size / 1e6;

  const skimming = await seconds(() => skimAll(file));
  const interpreting = await seconds(() => interpretAll(file));
  const peak = process.resourceUsage().maxRSS / 1024;
  report('skim', megabytes, skimming);
  report('interpret', megabytes, interpreting);
  process.stderr.write(`peak memory of both: ${peak.toFixed(0)} MiB\n`);

  if (mebibytes < 500) {
    const parsing = await seconds(async () => {
      JSON.parse((await readFile(file, 'utf8')).replace('scoutsuite_results =\n', ''));
    });
    report('JSON.parse', megabytes, parsing);
    const ratio = (time: number) => (parsing / time).toFixed(1);
    process.stderr.write(`times JSON.parse: skim ${ratio(skimming)}, interpret ${ratio(interpreting)}\n`);
  }
} finally {
  await rm(folder, { recursive: true });
}

function report(name: string, megabytes: number, time: number): void {
  process.stderr.write(`${name}: ${(megabytes / time).toFixed(0)} MB/s (${time.toFixed(2)} s)\n`);
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function skimAll(file: string): Promise<void> {
  const results = await openResults(file);
  const visitor = { choose: () => 'skip' as const, value: () => {} };
  for await (const _ of skim(results, visitor, context));
  await results.handle.close();
}

async function interpretAll(file: string): Promise<void> {
  for await (const _ of interpretResults(file, context));
}

/** Security groups, of which every tenth is flagged, about as long as real ones. */
async function writeResults(file: string, bytes: number): Promise<void> {
  const count = Math.ceil(bytes / JSON.stringify(securityGroup(0)).length);
  const ids = Array.from({ length: count }, (_, index) => idOf(index));
  const path = 'ec2.regions.eu-west-1.vpcs.vpc-1.security_groups';
  const finding = {
    items: ids.filter((_, index) => index % 10 === 0).map((id) => `${path}.${id}`),
    level: 'warning',
    path: 'ec2.regions.id.vpcs.id.security_groups.id',
  };
  const facts = {
    account_id: '123456789012',
    last_run: { time: '2026-01-01 00:00:00+0000' },
    metadata: {
      compute: { ec2: { resources: { sg: { path: 'services.ec2.regions.id.vpcs.id.security_groups' } } } },
    },
    service_list: ['ec2'],
  };
  const out = createWriteStream(file);
  out.write(`scoutsuite_results =\n${JSON.stringify(facts).slice(0, -1)},"services": {"ec2": {"findings": `);
  out.write(JSON.stringify({ 'ec2-unused-security-group': finding }));
  out.write(', "regions": {"eu-west-1": {"vpcs": {"vpc-1": {"security_groups": {');
  for (const [index, id] of ids.entries()) {
    const member = `${index === 0 ? '' : ','}"${id}": ${JSON.stringify(securityGroup(index))}`;
    if (!out.write(member)) await once(out, 'drain');
  }
  out.end('}}}}}}}}\n');
  await once(out, 'finish');
}

function idOf(index: number): string {
  return `sg-${createHash('sha1').update(String(index)).digest('hex').slice(0, 17)}`;
}

function securityGroup(index: number): object {
  const ports = Object.fromEntries(
    [22, 80, 443].map((port) => [port, { cidrs: [{ CIDR: `10.0.${index % 256}.0/24` }] }]),
  );
  return {
    arn: `arn:aws:ec2:eu-west-1:123456789012:security-group/${idOf(index)}`,
    description: 'allows what the "web" tier needs \\ nothing else',
    id: idOf(index),
    name: `web-${index}`,
    rules: { egress: { count: 0, protocols: {} }, ingress: { count: 3, protocols: { TCP: { ports } } } },
    tags: { Name: `web-${index}`, note: 'Zürich' },
  };
}
