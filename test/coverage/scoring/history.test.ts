import { expect, test } from '@jest/globals';
import type { ScannedAccount } from '../../../src/coverage/scoring/accounts.ts';
import { historyOf } from '../../../src/coverage/scoring/history.ts';
import type { CoverageCorrection, Detection } from '../../../src/model/coverage.ts';
import { madeUpDetection } from '../../support/coverage.ts';
import { at } from '../../support/observations.ts';

const RULE = madeUpDetection();
const OFF: Partial<Detection> = {
  health: 'broken',
  reasons: [
    { code: 'disabled', text: 'It is disabled.', remedy: 'Enable it.', fact: 'State', severity: 'broken' },
  ],
};
const figures = { techniques: 1, covered: 1, partial: 0, uncovered: 0, effective: 79.96 };

function scan(scanId: number, detections: readonly Detection[], services = ['S3']): ScannedAccount {
  return {
    scanId,
    accountId: '111111111111',
    scanTime: at(scanId),
    provider: 'aws',
    attackVersion: '18.1',
    servicesInUse: services.map((service) => ({ service, regions: ['eu-west-1'] })),
    servicesUnknown: [],
    unseen: [],
    figures,
    detections,
  };
}

/** The history from the first of the scans to the last. */
function historyFrom(scans: readonly ScannedAccount[], corrections: readonly CoverageCorrection[] = []) {
  const states = scans.flatMap(({ scanId, detections }) =>
    detections.map(({ id, health }) => ({ scanId, detectionId: id, health })),
  );
  return historyOf({ scans, before: scans.slice(0, 1), now: scans.slice(-1), states }, corrections);
}

test.each<[string, ScannedAccount[], string | null, string[]]>([
  [
    'a rule that was disabled, since the scan that first saw it',
    [scan(1, [RULE]), scan(2, [RULE]), scan(3, [{ ...RULE, ...OFF }]), scan(4, [{ ...RULE, ...OFF }])],
    at(3),
    ['deleted is broken: It is disabled'],
  ],
  [
    'a rule that came back and went again',
    [scan(1, [RULE]), scan(2, []), scan(3, [RULE]), scan(4, [])],
    at(4),
    ['deleted is gone'],
  ],
  [
    'a rule that looks for something else',
    [scan(1, [RULE]), scan(2, [{ ...RULE, techniques: [] }])],
    null,
    ['deleted looks for something else'],
  ],
  [
    'services that came into use',
    [scan(1, [RULE]), scan(2, [RULE], ['S3', 'RDS', 'EBS', 'DynamoDB'])],
    null,
    ['DynamoDB is in use now', 'EBS is in use now', 'RDS is in use now'],
  ],
])('a technique is lost by %s', (_, scans, since, because) => {
  const { lost, won } = historyFrom(scans);
  expect(lost.find(({ id }) => id === 'T1485')).toMatchObject({ from: 'covered', since, because });
  expect(won).toEqual([]);
});

test.each<[string, ScannedAccount[], string]>([
  ['a new rule', [scan(1, []), scan(2, [RULE])], 'deleted is new'],
  ['a rule that works again', [scan(1, [{ ...RULE, ...OFF }]), scan(2, [RULE])], 'deleted is healthy'],
])('a technique is won by %s', (_, scans, reason) => {
  const { lost, won } = historyFrom(scans);
  expect(lost).toEqual([]);
  expect(won).toMatchObject([{ id: 'T1485', to: 'covered', since: at(2), because: [reason] }]);
});

test('a technique is won where services that nothing watched are used no more', () => {
  const { won } = historyFrom([scan(1, [RULE], ['S3', 'RDS', 'EBS']), scan(2, [RULE])]);
  const because = ['EBS is no longer in use', 'RDS is no longer in use'];
  expect(won).toMatchObject([{ id: 'T1485', from: 'partial', to: 'covered', since: null, because }]);
});

test('what people have said holds for the whole time', () => {
  const said = {
    detectionId: RULE.id,
    techniqueId: 'T1485',
    covers: false,
    reason: 'no',
    by: 'kim',
    at: at(9),
  };
  expect(historyFrom([scan(1, [RULE]), scan(2, [])], [said])).toMatchObject({ lost: [], won: [] });
});

test('figures are rounded down', () => {
  expect(historyFrom([scan(1, [RULE])]).scans[0]?.figures.effective).toBe(79.9);
});
