import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attackOf, parentOf } from '../src/coverage/attack.ts';
import { mapEvents } from '../src/coverage/mapping/map-events.ts';
import type { GivenRule } from '../src/coverage/mapping/rules-file.ts';
import { scoreCoverage } from '../src/coverage/scoring/score.ts';
import type { Detection } from '../src/model/coverage.ts';
import { packageRoot } from '../src/package-root.ts';
import type { Figures } from './harness.ts';

const DETECTIONS = 10_000;

/** How well public rules that it has not seen are mapped, and how long it takes to judge ten thousand detections. */
export async function run(): Promise<Figures> {
  const file = join(packageRoot(), 'test', 'fixtures', 'coverage', 'unseen-rules.jsonl');
  const rules = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as GivenRule & { techniques: string[] });
  return {
    'rules of AWS with a parent among the first three, %': hitsOf(
      rules.filter(({ provider }) => provider === 'aws'),
    ),
    'rules of Google Cloud with a parent among the first three, %': hitsOf(
      rules.filter(({ provider }) => provider === 'gcp'),
    ),
    '10,000 detections scored, seconds': secondsOf(() => {
      scoreCoverage([
        { accountId: '111111111111', provider: 'aws', servicesInUse: SERVICES, detections: manyDetections() },
      ]);
    }),
    'resident memory, MiB': Math.round(process.memoryUsage().rss / 2 ** 20),
  };
}

const SERVICES = ['S3', 'RDS', 'EBS', 'DynamoDB'].map((service) => ({ service, regions: ['eu-west-1'] }));

function hitsOf(rules: readonly (GivenRule & { techniques: string[] })[]): number {
  const hits = rules.filter(({ provider, events, techniques }) => {
    const wanted = new Set(techniques.map(parentOf));
    return mapEvents(provider, events)
      .slice(0, 3)
      .some(({ id }) => wanted.has(parentOf(id)));
  });
  return Math.round((1000 * hits.length) / rules.length) / 10;
}

function secondsOf(work: () => void): number {
  const startedAt = performance.now();
  work();
  return Math.round(performance.now() - startedAt) / 1000;
}

function manyDetections(): Detection[] {
  const { techniques } = attackOf();
  return Array.from({ length: DETECTIONS }, (_, index): Detection => {
    const id = techniques[index % techniques.length]?.id ?? 'T1485';
    return {
      id: `arn:aws:events:eu-west-1:111111111111:rule/${index}`,
      kind: 'eventbridge-rule',
      name: `rule ${index}`,
      region: 'eu-west-1',
      health: 'healthy',
      reasons: [],
      isPosture: false,
      sees: ['eu-west-1'],
      targetServices: ['S3'],
      techniques: [{ id, score: 0.9, evidence: [], services: ['S3'] }],
    };
  });
}
