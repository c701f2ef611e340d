import { VedetteError } from '../../errors.ts';
import type { CoverageCorrection } from '../../model/coverage.ts';
import { recordChange } from '../access/audit.ts';
import { transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { isoTime, sqlTime } from '../database/values.ts';
import { detectionKey } from './coverage-rows.ts';

interface CorrectionRow {
  detection_id: string;
  technique_id: string;
  covers: number | boolean;
  reason: string;
  created_by: string;
  created_at: string;
}

/** What the organisation's people have said of mappings. */
export async function listCorrections(store: Store, organizationId: string): Promise<CoverageCorrection[]> {
  const rows = await store.read<CorrectionRow>(
    `SELECT c.detection_id, c.technique_id, c.covers, c.reason, c.created_by, c.created_at
      FROM coverage_corrections c
      WHERE c.organization_id = ?
      ORDER BY c.id`,
    [organizationId],
  );
  return rows.map((row) => ({
    detectionId: row.detection_id,
    techniqueId: row.technique_id,
    covers: Boolean(row.covers),
    reason: row.reason,
    by: row.created_by,
    at: isoTime(row.created_at),
  }));
}

/** Says whether a detection sees a technique, from now on and whatever later scans map; said again, the last word holds. */
export async function correctMapping(
  store: Store,
  organizationId: string,
  { detectionId, techniqueId, covers, reason, by }: Omit<CoverageCorrection, 'at'>,
): Promise<void> {
  const key = [organizationId, detectionKey(detectionId), techniqueId];
  await transaction(store, async (session) => {
    const before = await takeBack(session, key);
    await session.execute(
      'INSERT INTO coverage_corrections (organization_id, detection_sha256, technique_id, detection_id, covers, ' +
        'reason, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      [...key, detectionId, covers, reason, by, sqlTime(new Date())],
    );
    await recordChange(session, {
      organizationId,
      action: 'coverage.correct',
      target: targetOf(detectionId, techniqueId),
      before,
      after: { covers, reason },
    });
  });
}

/** Takes a correction back. @throws VedetteError `not-found` where there is none */
export async function removeCorrection(
  store: Store,
  organizationId: string,
  { detectionId, techniqueId }: Pick<CoverageCorrection, 'detectionId' | 'techniqueId'>,
): Promise<void> {
  await transaction(store, async (session) => {
    const before = await takeBack(session, [organizationId, detectionKey(detectionId), techniqueId]);
    if (before === null)
      throw new VedetteError('not-found', `Nobody has corrected ${techniqueId} of ${detectionId}.`);
    const target = targetOf(detectionId, techniqueId);
    await recordChange(session, { organizationId, action: 'coverage.undo', target, before, after: null });
  });
}

/** Removes a correction, and gives what it said. */
async function takeBack(
  session: Session,
  key: readonly string[],
): Promise<{ covers: boolean; reason: string } | null> {
  const ofKey = 'WHERE organization_id = ? AND detection_sha256 = ? AND technique_id = ?';
  const [row] = await session.query<Pick<CorrectionRow, 'covers' | 'reason'>>(
    `SELECT covers, reason FROM coverage_corrections ${ofKey}`,
    key,
  );
  await session.execute(`DELETE FROM coverage_corrections ${ofKey}`, key);
  return row === undefined ? null : { covers: Boolean(row.covers), reason: row.reason };
}

function targetOf(detectionId: string, techniqueId: string): string {
  return `coverage/${techniqueId}/${detectionId}`;
}
