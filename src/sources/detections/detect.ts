import { DEFAULT_ATTACK_VERSION } from '../../coverage/attack.ts';
import { scoreCoverage } from '../../coverage/scoring/score.ts';
import type { AccountCoverage, Detection } from '../../model/coverage.ts';
import type { Account } from './account.ts';
import { alarmDetections } from './readers/alarms.ts';
import { configDetections } from './readers/config.ts';
import { eventbridgeDetections } from './readers/eventbridge.ts';
import { finderDetections } from './readers/finders.ts';
import { guarddutyDetections } from './readers/guardduty.ts';
import { logAlarmDetections, subscriptionDetections } from './readers/logs.ts';
import { securityhubDetections } from './readers/securityhub.ts';
import { servicesOf } from './readers/services.ts';
import { trailDetections } from './readers/trails.ts';

const READERS = [
  trailDetections,
  eventbridgeDetections,
  logAlarmDetections,
  subscriptionDetections,
  alarmDetections,
  configDetections,
  guarddutyDetections,
  securityhubDetections,
  finderDetections,
] as const;

/** Everything in an account that would notice something, by what a scan saw of it; the same for the same answers. */
export function detectionsOf(account: Account): Detection[] {
  const byId = new Map(
    READERS.flatMap((read) => read(account)).map((detection) => [detection.id, detection]),
  );
  return [...byId.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

export function coverageOf(account: Account, detections: readonly Detection[]): AccountCoverage {
  const { inUse, unknown } = servicesOf(account);
  const { accountId } = account.head;
  const scored = { accountId, provider: 'aws', servicesInUse: inUse, detections } as const;
  const { techniques, covered, partial, uncovered, effective } = scoreCoverage([scored]).summary;
  return {
    provider: 'aws',
    attackVersion: DEFAULT_ATTACK_VERSION,
    servicesInUse: inUse,
    servicesUnknown: unknown,
    unseen: account.unseen(),
    figures: { techniques, covered, partial, uncovered, effective },
  };
}
