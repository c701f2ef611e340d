import { describe, expect, it } from '@jest/globals';
import {
  effectiveOf,
  scoreCoverage,
  serviceCoverageOf,
  shownPercent,
  statusOf,
} from '../../../src/coverage/scoring/score.ts';
import type { AccountDetections } from '../../../src/coverage/scoring/score.ts';
import type { Detection } from '../../../src/model/coverage.ts';

function detection(techniqueId: string, services: string[], more: Partial<Detection> = {}): Detection {
  return {
    id: `arn:${techniqueId}:${services.join('+')}`,
    kind: 'eventbridge-rule',
    name: 'rule',
    region: 'eu-west-1',
    health: 'healthy',
    reasons: [],
    isPosture: false,
    sees: null,
    targetServices: services,
    techniques: [{ id: techniqueId, score: 0.9, evidence: ['because'], services }],
    ...more,
  };
}

function account(
  detections: Detection[],
  inUse: string[] = [],
  accountId = '111111111111',
): AccountDetections {
  return {
    accountId,
    provider: 'aws',
    detections,
    servicesInUse: inUse.map((service) => ({ service, regions: ['eu-west-1'] })),
  };
}

const techniqueOf = (id: string, ...args: Parameters<typeof scoreCoverage>) =>
  scoreCoverage(...args).techniques.find((technique) => technique.id === id);

describe('the documented formulas', () => {
  it.each([
    [100, 'covered'],
    [80, 'covered'],
    [79.96, 'partial'],
    [79.5, 'partial'],
    [40, 'partial'],
    [39.99, 'uncovered'],
    [0, 'uncovered'],
    [null, 'not-applicable'],
  ])('%s %% is %s', (effective, status) => expect(statusOf(effective)).toBe(status));

  it.each([
    [['S3', 'RDS'], ['S3'], 50],
    [['S3'], ['S3', 'RDS'], 100],
    [['S3', 'RDS', 'EBS'], ['S3'], 100 / 3],
    [[], ['S3'], null],
  ])('services %j of which %j are covered: %s', (inScope, covered, percent) =>
    expect(serviceCoverageOf(inScope, new Set(covered))).toBe(percent),
  );

  it.each([
    [100, 50, 75],
    [100, null, 100],
    [null, 50, null],
    [0, 0, 0],
  ])('techniques %s and services %s are %s', (techniques, services, effective) =>
    expect(effectiveOf(techniques, services)).toBe(effective),
  );

  it('shows one decimal, rounded down', () => {
    expect([79.96, 100 / 3, 100, null].map(shownPercent)).toEqual([79.9, 33.3, 100, null]);
  });
});

describe('a technique', () => {
  it('is covered as far as the services in use are', () => {
    const one = techniqueOf('T1485', [account([detection('T1485', ['S3'])], ['S3', 'RDS', 'DynamoDB'])]);
    expect(one).toMatchObject({
      techniqueCoverage: 100,
      status: 'partial',
      inScopeServices: ['DynamoDB', 'RDS', 'S3'],
      coveredServices: ['S3'],
      uncoveredServices: ['DynamoDB', 'RDS'],
    });
    expect(one?.effective).toBeCloseTo(66.67, 2);
  });

  it('goes by itself where none of its services is in use', () => {
    expect(techniqueOf('T1619', [account([detection('T1619', ['S3'])])])).toMatchObject({
      serviceCoverage: null,
      effective: 100,
      status: 'covered',
    });
  });

  it('counts for its parent, but the parent for no part of it', () => {
    const part = [account([detection('T1562.008', [])])];
    expect(techniqueOf('T1562', part)?.techniqueCoverage).toBe(100);
    expect(techniqueOf('T1562.001', part)?.techniqueCoverage).toBe(0);
    const whole = [account([detection('T1562', [])])];
    expect(techniqueOf('T1562', whole)?.techniqueCoverage).toBe(100);
    expect(techniqueOf('T1562.008', whole)?.techniqueCoverage).toBe(0);
  });

  it.each(['broken', 'unknown'] as const)('a %s detection is shown and does not count', (health) => {
    const found = techniqueOf('T1485', [account([detection('T1485', ['S3'], { health })], ['S3'])]);
    expect(found).toMatchObject({ status: 'uncovered', effective: 0 });
    expect(found?.detections).toMatchObject([{ health }]);
  });

  it('a weak sign is shown and does not count', () => {
    const weak = detection('T1485', ['S3'], {
      techniques: [{ id: 'T1485', score: 0.49, evidence: [], services: ['S3'] }],
    });
    const found = techniqueOf('T1485', [account([weak], ['S3'])]);
    expect(found?.status).toBe('uncovered');
    expect(found?.detections).toHaveLength(1);
  });

  it('needs a detection in each region of a service', () => {
    const inUse = [{ service: 'S3', regions: ['eu-west-1', 'us-east-1'] }];
    const here = detection('T1619', ['S3'], { sees: ['eu-west-1'] });
    const found = techniqueOf('T1619', [{ ...account([here]), servicesInUse: inUse }]);
    expect(found).toMatchObject({ effective: 50, uncoveredServices: ['S3'] });
    expect(found?.missingRegions).toEqual([{ service: 'S3', regions: ['us-east-1'] }]);
    const there = detection('T1619', ['S3'], { sees: ['us-east-1'] });
    expect(techniqueOf('T1619', [{ ...account([here, there]), servicesInUse: inUse }])?.effective).toBe(100);
  });

  it('a detection that names no service sees what its source sees', () => {
    const found = techniqueOf('T1485', [account([detection('T1485', [])], ['S3', 'RDS'])]);
    expect(found?.effective).toBe(100);
  });

  it('tells detections from what judges how things are set up', () => {
    const posture = detection('T1619', ['S3'], { isPosture: true });
    expect(techniqueOf('T1619', [account([posture], ['S3'])])).toMatchObject({
      status: 'covered',
      statusByDetections: 'uncovered',
    });
  });

  it('of two accounts is as good as both', () => {
    const found = techniqueOf('T1619', [
      account([detection('T1619', ['S3'])], ['S3']),
      account([], ['S3'], '222222222222'),
    ]);
    expect(found).toMatchObject({ techniqueCoverage: 50, serviceCoverage: 0, effective: 25 });
  });

  it('is what people say it is', () => {
    const seen = detection('T1619', ['S3']);
    const correction = { detectionId: seen.id, reason: 'noise', by: 'kim', at: '2026-11-27T00:00:00.000Z' };
    const no = [{ ...correction, techniqueId: 'T1619', covers: false }];
    expect(techniqueOf('T1619', [account([seen], ['S3'])], no)?.effective).toBe(0);
    const yes = [{ ...correction, techniqueId: 'T1485', covers: true }];
    const found = techniqueOf('T1485', [account([seen], ['S3'])], yes);
    expect(found).toMatchObject({ effective: 100 });
    expect(found?.detections[0]).toMatchObject({ score: 1, evidence: ['kim says so: noise'] });
  });

  it('has its name of 19.1 there', () => {
    const accounts = [account([detection('T1562.008', [])])];
    expect(techniqueOf('T1685.002', accounts, [], '19.1')?.techniqueCoverage).toBe(100);
    expect(techniqueOf('T1562.008', accounts, [], '19.1')).toBeUndefined();
  });
});

describe('the whole', () => {
  const report = scoreCoverage([account([detection('T1562.008', ['CloudTrail'])], ['CloudTrail'])]);

  it('counts leaves once, in however many tactics they are', () => {
    const { covered, partial, uncovered, techniques } = report.summary;
    expect(covered + partial + uncovered).toBe(techniques);
    expect(report.techniques.length).toBeGreaterThan(techniques);
    const inTactics = report.tactics.reduce((sum, tactic) => sum + tactic.techniques, 0);
    expect(inTactics).toBeGreaterThan(techniques);
  });

  it('a control with only one of its services watched is not covered', () => {
    const accounts = [account([detection('T1485', ['S3'])], ['S3', 'RDS', 'DynamoDB', 'EBS', 'EFS'])];
    const control = scoreCoverage(accounts).controls.find(
      ({ id, framework }) => id === '3.5' && framework === 'cis-controls-v8',
    );
    expect(control?.coveredServices).toEqual(['S3']);
    expect(control?.serviceCoverage).toBe(20);
    expect(control?.status).not.toBe('covered');
  });

  it('a control that no detection can speak for is not applicable', () => {
    const none = report.controls.filter(({ techniques }) => techniques.length === 0);
    expect(none.length).toBeGreaterThan(50);
    expect(new Set(none.map(({ status }) => status))).toEqual(new Set(['not-applicable']));
    expect(
      none.every(({ effective, serviceCoverage }) => effective === null && serviceCoverage === null),
    ).toBe(true);
  });

  it('evaluates 10,000 detections within two seconds', () => {
    const ids = report.techniques.map(({ id }) => id);
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      ...detection(ids[index % ids.length] as string, ['S3']),
      id: `arn:${index}`,
    }));
    const startedAt = performance.now();
    scoreCoverage([account(many, ['S3', 'RDS'])]);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
