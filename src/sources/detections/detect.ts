import type { SnapshotHead, SnapshotLine } from '../../collect/snapshot.ts';
import { DEFAULT_ATTACK_VERSION } from '../../coverage/attack.ts';
import type { Provider } from '../../coverage/data.ts';
import { figuresOf } from '../../coverage/scoring/score.ts';
import type { AccountCoverage, Detection } from '../../model/coverage.ts';
import { Account } from './account.ts';
import { GOOGLE } from './gcp/collect.ts';
import { commandCenterDetections } from './gcp/command-center.ts';
import { logAlertDetections } from './gcp/log-alerts.ts';
import { Project } from './gcp/project.ts';
import { servicesOfProject } from './gcp/services.ts';
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

/** Everything in a project of Google Cloud that would notice something. */
const PROJECT_READERS = [logAlertDetections, commandCenterDetections] as const;

/** What was scanned: an account of AWS, or a project of Google Cloud. */
export type Scanned = Account | Project;

/**
 * What a scan saw, from its snapshot.
 *
 * @throws VedetteError `results-missing` or `results-invalid` of the lines
 */
export async function readScanned(lines: AsyncGenerator<SnapshotLine>): Promise<Scanned> {
  // The first line is the head, or the reader has thrown.
  const head = (await lines.next()).value as SnapshotHead;
  const scanned = head.partition === GOOGLE ? new Project(head) : new Account(head);
  for await (const line of lines) scanned.add(line);
  return scanned;
}

export function providerOf(scanned: Scanned): Provider {
  return scanned instanceof Project ? 'gcp' : 'aws';
}

/** Everything that would notice something, by what a scan saw; the same for the same answers. */
export function detectionsOf(scanned: Scanned): Detection[] {
  const found =
    scanned instanceof Project
      ? PROJECT_READERS.flatMap((read) => read(scanned))
      : READERS.flatMap((read) => read(scanned));
  const byId = new Map(found.map((detection) => [detection.id, detection]));
  return [...byId.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

export function coverageOf(scanned: Scanned, detections: readonly Detection[]): AccountCoverage {
  const { inUse, unknown } = scanned instanceof Project ? servicesOfProject(scanned) : servicesOf(scanned);
  const provider = providerOf(scanned);
  const { accountId } = scanned.head;
  return {
    provider,
    attackVersion: DEFAULT_ATTACK_VERSION,
    servicesInUse: inUse,
    servicesUnknown: unknown,
    unseen: scanned.unseen(),
    figures: figuresOf({ accountId, provider, servicesInUse: inUse, detections }),
  };
}
