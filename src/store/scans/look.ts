import type { Session } from '../database/store.ts';
import { lookOf } from './resolution-rules.ts';
import type { Look } from './resolution-rules.ts';
import { scopeOf } from './scans.ts';
import type { ScanRow } from './scans.ts';

/** Where a recorded scan looked. */
export async function readLook(
  session: Session,
  scan: Pick<ScanRow, 'id' | 'scan_time' | 'version' | 'scope'>,
): Promise<Look> {
  const checks = await session.query<{ service: string; finding_id: string; evaluated: number }>(
    'SELECT service, finding_id, evaluated FROM scout_findings WHERE scan_id = ?',
    [scan.id],
  );
  const nameOf = (service: string, checkId: string) => JSON.stringify([service, checkId]);
  const reported = new Map(
    checks.map(({ service, finding_id: checkId, evaluated }) => [nameOf(service, checkId), evaluated === 1]),
  );
  const services = new Set(checks.map(({ service }) => service));
  return lookOf({
    scanTime: scan.scan_time,
    version: scan.version,
    scope: scopeOf(scan),
    evaluated: (service, checkId) => reported.get(nameOf(service, checkId)) ?? false,
    reported: (service, checkId) =>
      checkId === undefined ? services.has(service) : reported.has(nameOf(service, checkId)),
  });
}
