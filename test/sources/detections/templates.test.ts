import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeLines } from '../../../src/collect/snapshot.ts';
import { matchesPattern, parseEventPattern } from '../../../src/coverage/patterns/event-pattern.ts';
import { reportOf } from '../../../src/coverage/scoring/accounts.ts';
import { TEMPLATES } from '../../../src/coverage/templates/declarations.ts';
import { generateTemplate } from '../../../src/coverage/templates/generate.ts';
import { slugOf } from '../../../src/coverage/templates/header.ts';
import { sampleEvent } from '../../../src/coverage/templates/pattern.ts';
import type { Detection } from '../../../src/model/coverage.ts';
import { selectorsOf } from '../../../src/sources/detections/calls/cloudtrail.ts';
import { interpretDetections } from '../../../src/sources/detections/interpret.ts';
import { deployTemplate } from '../../support/deploy-template.ts';
import { readDetections } from '../../support/detections-scan.ts';
import type { Detected } from '../../support/detections-scan.ts';
import { ACCOUNT, HERE, NOW, World } from '../../support/detections-world.ts';

const ofAws = TEMPLATES.flatMap(({ technique, aws }) => (aws === undefined ? [] : [{ technique, aws }]));
const nameOf = (technique: string): string => `vedette-${slugOf(technique)}-detection`;
const EMAIL = { AlertEmail: 'soc@example.com' };

let folder: string;
let world: World;
let seen: Detected;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vedette-deployed-'));
  world = withTrail();
  for (const { technique } of ofAws) {
    await deployTemplate(generateTemplate(technique, 'aws', 'cloudformation').text, EMAIL, world);
  }
  seen = await read(world);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What every template needs, which notices nothing itself. */
function withTrail(): World {
  const empty = new World();
  empty.add(
    'cloudtrail:DescribeTrails',
    {
      id: `arn:aws:cloudtrail:${HERE}:${ACCOUNT}:trail/main`,
      name: 'main',
      homeRegion: HERE,
      isHome: true,
      multiRegion: true,
      globalEvents: true,
      logGroupArn: null,
    },
    {
      'cloudtrail:GetTrailStatus': { logging: true, deliveryError: null, logsError: null },
      'cloudtrail:GetEventSelectors': selectorsOf([], []),
    },
  );
  return empty;
}

async function read(deployed: World): Promise<Detected> {
  const file = join(folder, 'snapshot.jsonl.gz');
  await writeLines(deployed.lines(), file, new AbortController().signal);
  return readDetections(interpretDetections(file));
}

/** How a technique is covered by one detection alone, of the services that it sees. */
function coverageBy(detection: Detection, technique: string) {
  const servicesInUse = detection.targetServices.map((service) => ({ service, regions: [HERE] }));
  const account = { ...seen.coverage, servicesInUse, accountId: ACCOUNT, scanId: 1, scanTime: NOW };
  const { techniques } = reportOf([{ ...account, detections: [detection] }], []);
  return techniques.find(({ id }) => id === technique);
}

describe('templates that are deployed in an account', () => {
  it('are found, each once, and nothing is wrong with any', () => {
    const rules = seen.detections.filter(({ kind }) => kind === 'eventbridge-rule');
    expect(rules.map(({ name }) => name).toSorted()).toEqual(
      ofAws.map(({ technique }) => nameOf(technique)).toSorted(),
    );
    expect(seen.events).toEqual([]);
  });

  it.each(ofAws.map(({ technique, aws }) => [technique, aws] as const))(
    '%s: each of its events fires it; it is found, works, and counts',
    (technique, aws) => {
      const deployed = world
        .of('eventbridge:ListRules')
        .find(({ item }) => item['name'] === nameOf(technique));
      const pattern = parseEventPattern(deployed?.item['pattern'] as string);
      for (const watch of aws)
        for (const name of watch.names)
          expect(matchesPattern(pattern, sampleEvent({ ...watch, names: [name] }))).toBe(true);
      const rule = seen.detections.find(({ name }) => name === nameOf(technique));
      expect(rule).toMatchObject({ health: 'healthy', reasons: [] });
      expect(coverageBy(rule as Detection, technique)).toMatchObject({
        techniqueCoverage: 100,
        status: expect.stringMatching(/^(covered|partial)$/),
      });
    },
  );

  it('is broken behind the key that the documents name', async () => {
    const other = withTrail();
    const { text } = generateTemplate('T1485', 'aws', 'cloudformation');
    await deployTemplate(text, { ...EMAIL, KmsMasterKeyId: 'alias/aws/sns' }, other);
    const { events } = await read(other);
    expect(events).toMatchObject([{ checkId: 'key-refuses', resourceName: nameOf('T1485') }]);
  });

  it('deletes nothing of ten services without being told: data of all core services is watched', () => {
    const rule = seen.detections.find(({ name }) => name === nameOf('T1485'));
    expect(coverageBy(rule as Detection, 'T1485')).toMatchObject({
      status: 'covered',
      effective: 100,
      uncoveredServices: [],
    });
  });
});
