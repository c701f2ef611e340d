import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { matchesPattern, parseEventPattern } from '../../../src/coverage/patterns/event-pattern.ts';
import { reportOf } from '../../../src/coverage/scoring/accounts.ts';
import { TEMPLATES } from '../../../src/coverage/templates/declarations.ts';
import { generateTemplate } from '../../../src/coverage/templates/generate.ts';
import { slugOf } from '../../../src/coverage/templates/header.ts';
import { sampleEvent } from '../../../src/coverage/templates/pattern.ts';
import { deployTemplate } from '../../support/deploy-template.ts';
import type { Place } from '../../support/deploy-template.ts';
import { scanForDetections } from '../../support/detections-scan.ts';
import type { Detected } from '../../support/detections-scan.ts';
import { MOTO_ACCOUNT, startMoto } from '../../support/moto-server.ts';
import type { Moto } from '../../support/moto-server.ts';

const ofAws = TEMPLATES.flatMap(({ technique, aws }) => (aws === undefined ? [] : [{ technique, aws }]));
const nameOf = (technique: string): string => `vedette-${slugOf(technique)}-detection`;

let moto: Moto;
let folder: string;
let place: Place;
let seen: Detected;

beforeAll(async () => {
  moto = await startMoto();
  folder = await mkdtemp(join(tmpdir(), 'vedette-templates-'));
  place = {
    endpoint: moto.url,
    region: 'us-east-1',
    accountId: MOTO_ACCOUNT,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'testing' },
  };
  await makeTrail();
  const t0 = Date.now();
  for (const { technique } of ofAws) {
    const { text } = generateTemplate(technique, 'aws', 'cloudformation');
    await deployTemplate(text, { AlertEmail: 'soc@example.com' }, place);
  }
  console.log('deployed', Date.now() - t0);
  seen = await scanForDetections(moto.url, folder);
  console.log('scanned', Date.now() - t0);
}, 120_000);

afterAll(async () => {
  await moto.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Everything that the templates need, and nothing else that would notice something. */
async function makeTrail(): Promise<void> {
  await new S3Client({ ...place, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'trails' }));
  const trail = new CloudTrailClient(place);
  await trail.send(
    new CreateTrailCommand({ Name: 'main', S3BucketName: 'trails', IsMultiRegionTrail: true }),
  );
  await trail.send(new StartLoggingCommand({ Name: 'main' }));
}

describe('templates that are deployed', () => {
  it('have patterns that a sample of each of their events fires', async () => {
    const { Rules = [] } = await new EventBridgeClient(place).send(new ListRulesCommand({ Limit: 100 }));
    expect(Rules).toHaveLength(ofAws.length);
    const patterns = new Map(
      Rules.map(({ Name, EventPattern = '' }) => [Name, parseEventPattern(EventPattern)] as const),
    );
    const silent = ofAws.flatMap(({ technique, aws }) => {
      const pattern = patterns.get(nameOf(technique));
      return aws.flatMap((watch) =>
        watch.names
          .filter(
            (name) =>
              pattern === undefined || !matchesPattern(pattern, sampleEvent({ ...watch, names: [name] })),
          )
          .map((name) => `${technique} ${watch.source} ${name}`),
      );
    });
    expect(silent).toEqual([]);
  });

  it.each(ofAws.map(({ technique }) => technique))('%s is found, and counts', (technique) => {
    const rule = seen.detections.find(({ name }) => name === nameOf(technique));
    expect(rule?.reasons).toEqual([]);
    expect(rule).toMatchObject({ kind: 'eventbridge-rule', health: 'healthy' });
    const account = { ...seen.coverage, accountId: MOTO_ACCOUNT, scanId: 1, scanTime: '' };
    const report = reportOf([{ ...account, detections: rule === undefined ? [] : [rule] }], []);
    const own = report.techniques.find(({ id }) => id === technique);
    expect(own).toMatchObject({ techniqueCoverage: 100, status: 'covered', uncoveredServices: [] });
  });
});
