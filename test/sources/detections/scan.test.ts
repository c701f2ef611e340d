import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportOf } from '../../../src/coverage/scoring/accounts.ts';
import type { Detection } from '../../../src/model/coverage.ts';
import { makeDetections } from '../../support/detections-account.ts';
import { scanForDetections } from '../../support/detections-scan.ts';
import type { Detected } from '../../support/detections-scan.ts';
import { MOTO_ACCOUNT, startMoto } from '../../support/moto-server.ts';
import type { Moto } from '../../support/moto-server.ts';

const REGION = 'us-east-1';

let moto: Moto;
let folder: string;
let seen: Detected;

beforeAll(async () => {
  moto = await startMoto();
  folder = await mkdtemp(join(tmpdir(), 'vedette-detections-'));
  await makeDetections(moto.url);
  seen = await scanForDetections(moto.url, folder);
}, 60_000);

afterAll(async () => {
  await moto.stop();
  await rm(folder, { recursive: true, force: true });
});

const named = (name: string, kind = 'eventbridge-rule'): Detection | undefined =>
  seen.detections.find((one) => one.name === name && one.kind === kind);
const brokenBy = (name: string, kind?: string): string[] =>
  (named(name, kind)?.reasons ?? []).filter(({ severity }) => severity === 'broken').map(({ code }) => code);

describe('a scan of detections', () => {
  it('finds a rule that works, and what it sees', () => {
    const rule = named('stop-logging');
    expect(rule).toMatchObject({ health: 'healthy', region: REGION, targetServices: ['CloudTrail'] });
    expect(rule?.techniques[0]?.id).toBe('T1562.008');
  });

  it('finds a metric filter with its alarm, fed by a trail of all regions', () => {
    expect(named('root', 'log-alarm')).toMatchObject({ health: 'healthy', sees: null });
  });

  it.each([
    ['switched-off', 'eventbridge-rule', ['rule-disabled']],
    ['untold', 'eventbridge-rule', ['no-target']],
    ['gone', 'eventbridge-rule', ['target-gone']],
    ['reads', 'eventbridge-rule', ['reads-unseen']],
    ['key', 'eventbridge-rule', ['key-refuses']],
    ['no-alarm', 'log-alarm', ['no-alarm']],
    ['unfed', 'log-alarm', ['log-group-unfed', 'no-alarm-action']],
  ])('%s (%s) is broken by %j', (name, kind, codes) => {
    expect(named(name, kind)?.health).toBe('broken');
    expect(brokenBy(name, kind)).toEqual(codes);
  });

  it('makes each an event that proves itself', () => {
    const { events } = seen;
    expect(events.find(({ checkId }) => checkId === 'no-target')).toMatchObject({
      service: 'eventbridge',
      resourceName: 'untold',
      details: { fact: 'events:ListTargetsByRule: []' },
    });
    expect(new Set(events.map(({ eventHash }) => eventHash)).size).toBe(events.length);
  });

  it('counts what works, and nothing that is broken', () => {
    const { coverage, detections } = seen;
    const report = reportOf(
      [{ ...coverage, accountId: MOTO_ACCOUNT, scanId: 1, scanTime: '', detections }],
      [],
    );
    const status = (id: string) =>
      report.techniques.find((technique) => technique.id === id)?.techniqueCoverage;
    expect(status('T1562.008')).toBe(100);
    expect(status('T1136.003')).toBe(0);
    expect(coverage.servicesInUse).toContainEqual({ service: 'S3', regions: [REGION] });
    // Moto does not know these; so it is with a call that is refused.
    expect(coverage.unseen.length).toBeGreaterThan(0);
  });
});
