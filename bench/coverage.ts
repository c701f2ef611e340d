import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SNAPSHOT_FORMAT, writeLines } from '../src/collect/snapshot.ts';
import type { SnapshotLine } from '../src/collect/snapshot.ts';
import { attackOf, parentOf } from '../src/coverage/attack.ts';
import { mapEvents } from '../src/coverage/mapping/map-events.ts';
import type { GivenRule } from '../src/coverage/mapping/rules-file.ts';
import { scoreCoverage } from '../src/coverage/scoring/score.ts';
import { TEMPLATES } from '../src/coverage/templates/declarations.ts';
import { eventPatternOf } from '../src/coverage/templates/pattern.ts';
import type { Detection } from '../src/model/coverage.ts';
import { packageRoot } from '../src/package-root.ts';
import { interpretDetections } from '../src/sources/detections/interpret.ts';
import { makeDetections } from '../test/support/detections-account.ts';
import { collectDetections } from '../test/support/detections-scan.ts';
import { startMoto } from '../test/support/moto-server.ts';
import { sentCommands } from '../test/support/sent-commands.ts';
import { inFolder, round, timed } from './harness.ts';
import type { Figures } from './harness.ts';

const DETECTIONS = 10_000;
const ACCOUNT = '111111111111';
const REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'eu-west-1',
  'eu-central-1',
  'ap-south-1',
  'sa-east-1',
];

/**
 * How well public rules that it has not seen are mapped; how long it takes to find the detections of an account in one and
 * in several regions, and to judge ten thousand of them. Calls are what clients are asked to send.
 */
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
    'finding those of a simulated account': await found(),
    '10,000 rules judged, from snapshot to figures': await judged(),
    '10,000 detections scored, seconds': round(
      await timed(async () => {
        scoreCoverage([
          { accountId: ACCOUNT, provider: 'aws', servicesInUse: SERVICES, detections: manyDetections() },
        ]);
      }),
    ),
    'peak of this process, MiB': Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

/** A simulated account with a few detections; the second time, so that loading clients does not count. */
async function found(): Promise<Figures> {
  const moto = await startMoto();
  try {
    await makeDetections(moto.url);
    const figures: Figures = {};
    for (const count of [1, 1, 3, REGIONS.length]) {
      await inFolder(async (folder) => {
        let seconds = 0;
        const sent = await sentCommands(async () => {
          seconds = await timed(() => collectDetections(moto.url, folder, REGIONS.slice(0, count)));
        });
        figures[`${count} region${count === 1 ? '' : 's'}`] = {
          seconds: round(seconds),
          calls: sent.length,
          'sent twice': sent.length - new Set(sent).size,
        };
      });
    }
    return figures;
  } finally {
    await moto.stop();
  }
}

/** Rules with the patterns of all templates, on a topic that lets them publish. */
async function judged(): Promise<Figures> {
  return inFolder(async (folder) => {
    const file = join(folder, 'snapshot.jsonl.gz');
    await writeLines(manyRules(), file, new AbortController().signal);
    let detections = 0;
    const before = process.cpuUsage();
    const seconds = await timed(async () => {
      for await (const { kind } of interpretDetections(file)) if (kind === 'detection') detections += 1;
    });
    if (detections !== DETECTIONS) throw new Error(`${detections} of ${DETECTIONS} were found`);
    const { user, system } = process.cpuUsage(before);
    return { seconds: round(seconds), 'CPU, seconds': round((user + system) / 1e6) };
  });
}

function* manyRules(): Generator<SnapshotLine> {
  const region = 'us-east-1';
  yield {
    kind: 'head',
    format: SNAPSHOT_FORMAT,
    source: 'detections',
    version: '0',
    accountId: ACCOUNT,
    partition: 'aws',
    startedAt: new Date().toISOString(),
    regions: [region],
    regionsAsked: false,
    places: [null, region],
    asked: {},
  };
  yield { kind: 'end', region: null };
  const topic = `arn:aws:sns:${region}:${ACCOUNT}:alerts`;
  const policy = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish' }],
  });
  yield { kind: 'listed', call: 'sns:ListTopics', region };
  yield {
    kind: 'item',
    call: 'sns:ListTopics',
    region,
    item: { id: topic },
    details: { 'sns:GetTopicAttributes': { policy, keyId: null, keyPolicy: null, subscriptions: 1 } },
  };
  const patterns = TEMPLATES.flatMap(({ aws }) =>
    aws === undefined ? [] : [JSON.stringify(eventPatternOf(aws))],
  );
  yield { kind: 'listed', call: 'eventbridge:ListRules', region };
  for (let index = 0; index < DETECTIONS; index += 1) {
    const id = `arn:aws:events:${region}:${ACCOUNT}:rule/${index}`;
    const pattern = patterns[index % patterns.length];
    const item = { id, name: `rule ${index}`, bus: 'default', state: 'ENABLED', pattern, managedBy: null };
    yield {
      kind: 'item',
      call: 'eventbridge:ListRules',
      region,
      item,
      details: { 'eventbridge:ListTargetsByRule': [{ arn: topic, deadLetterArn: null }] },
    };
  }
  yield { kind: 'end', region };
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

function manyDetections(): Detection[] {
  const { techniques } = attackOf();
  return Array.from({ length: DETECTIONS }, (_, index): Detection => {
    const id = techniques[index % techniques.length]?.id ?? 'T1485';
    return {
      id: `arn:aws:events:eu-west-1:${ACCOUNT}:rule/${index}`,
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
