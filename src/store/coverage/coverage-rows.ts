import { hash } from 'node:crypto';
import type { AccountCoverage, CoverageScan, Detection } from '../../model/coverage.ts';
import { insertRows } from '../database/statements.ts';
import type { Session } from '../database/store.ts';
import { fromJson, isoTime, sqlJson, sqlTime } from '../database/values.ts';
import type { SqlValue } from '../database/values.ts';

/** What a scan says of detection coverage, with the key and time of the scan. */
interface CoverageOfScan {
  key: { organizationId: string; accountId: string };
  facts: { scanTime: string };
}

const BATCH_ROWS = 100;
const MAX_NAME = 1024;

const SCAN_COLUMNS = [
  'organization_id',
  'account_id',
  'scan_id',
  'scan_time',
  'provider',
  'attack_version',
  'services_in_use',
  'services_unknown',
  'unseen',
  'figures',
];

const DETECTION_COLUMNS = [
  'organization_id',
  'scan_id',
  'detection_sha256',
  'detection_id',
  'kind',
  'name',
  'region',
  'health',
  'is_posture',
  'reasons',
  'sees',
  'target_services',
  'techniques',
];

/** Stores what a new scan says of detection coverage; within the transaction that stores the scan. */
export async function insertCoverage(
  session: Session,
  scanId: number,
  { key, facts }: CoverageOfScan,
  { coverage, detections }: { coverage: AccountCoverage; detections: readonly Detection[] },
  signal: AbortSignal,
): Promise<void> {
  const { organizationId, accountId } = key;
  const row = [
    organizationId,
    accountId,
    scanId,
    sqlTime(facts.scanTime),
    coverage.provider,
    coverage.attackVersion,
    sqlJson(coverage.servicesInUse),
    sqlJson(coverage.servicesUnknown),
    sqlJson(coverage.unseen),
    sqlJson(coverage.figures),
  ];
  const scan = insertRows('coverage_scans', SCAN_COLUMNS, [row]);
  await session.execute(scan.sql, scan.values);
  for (let start = 0; start < detections.length; start += BATCH_ROWS) {
    const batch = detections.slice(start, start + BATCH_ROWS);
    const rows = batch.map((detection) => [organizationId, scanId, ...detectionValues(detection)]);
    const { sql, values } = insertRows('coverage_detections', DETECTION_COLUMNS, rows);
    await session.execute(sql, values);
    signal.throwIfAborted();
  }
}

/** What identifies a detection in an index: ids may be longer than one holds. */
export function detectionKey(detectionId: string): string {
  return hash('sha256', detectionId);
}

function detectionValues(detection: Detection): SqlValue[] {
  const { id, kind, name, region, health, isPosture, reasons, sees, targetServices, techniques } = detection;
  return [
    detectionKey(id),
    id,
    kind,
    name.slice(0, MAX_NAME),
    region,
    health,
    isPosture,
    sqlJson(reasons),
    sqlJson(sees),
    sqlJson(targetServices),
    sqlJson(techniques),
  ];
}

export interface CoverageScanRow {
  scan_id: number;
  account_id: string;
  scan_time: string;
  provider: AccountCoverage['provider'];
  attack_version: string;
  services_in_use: unknown;
  services_unknown: unknown;
  unseen: unknown;
  figures: unknown;
}

export function coverageScanOf(row: CoverageScanRow): CoverageScan {
  return {
    scanId: row.scan_id,
    accountId: row.account_id,
    scanTime: isoTime(row.scan_time),
    provider: row.provider,
    attackVersion: row.attack_version,
    servicesInUse: fromJson(row.services_in_use) as CoverageScan['servicesInUse'],
    servicesUnknown: fromJson(row.services_unknown) as CoverageScan['servicesUnknown'],
    unseen: fromJson(row.unseen) as CoverageScan['unseen'],
    figures: fromJson(row.figures) as CoverageScan['figures'],
  };
}

export interface DetectionRow {
  scan_id: number;
  detection_id: string;
  kind: Detection['kind'];
  name: string;
  region: string | null;
  health: Detection['health'];
  is_posture: number | boolean;
  reasons: unknown;
  sees: unknown;
  target_services: unknown;
  techniques: unknown;
}

export function detectionOf(row: DetectionRow): Detection {
  return {
    id: row.detection_id,
    kind: row.kind,
    name: row.name,
    region: row.region,
    health: row.health,
    reasons: fromJson(row.reasons) as Detection['reasons'],
    isPosture: Boolean(row.is_posture),
    sees: fromJson(row.sees) as Detection['sees'],
    targetServices: fromJson(row.target_services) as Detection['targetServices'],
    techniques: fromJson(row.techniques) as Detection['techniques'],
  };
}
