import { recordCompliance } from '../../src/compliance/record.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { ScanOutcome } from '../../src/model/scan.ts';
import { allChecks } from '../../src/sources/checks/all-checks.ts';
import { complianceBasis } from '../../src/sources/checks/described.ts';
import type { Store } from '../../src/store/database/store.ts';
import { persistScan } from '../../src/store/scans/persist.ts';
import { resolveEvents } from '../../src/store/scans/resolve.ts';
import { madeUpEvent, madeUpFinding, observe } from './observations.ts';
import { INPUT } from './scan-input.ts';
import { testConfig, workContext } from './stores.ts';

interface MadeUpChecksScan {
  accountId: string;
  scanTime: string;
  /** Every so many checks fail, of one resource each; the others pass. */
  failEvery: number;
  /** Every so many checks are unknown. */
  unknownEvery?: number;
}

/** A scan of the whole catalogue, stored as every scan is. */
export async function storeChecksScan(store: Store, scan: MadeUpChecksScan): Promise<ScanOutcome> {
  const { scanId } = await persistScan(store, observations(scan), { ...INPUT, profile: null }, workContext());
  const outcome = await resolveEvents(store, scanId, workContext());
  return recordCompliance(store, outcome, () => complianceBasis(testConfig({}).checks), workContext());
}

async function* observations({
  failEvery,
  unknownEvery,
  ...rest
}: MadeUpChecksScan): AsyncGenerator<Observation> {
  const services = [...new Set(allChecks.map(({ service }) => service))].map((service) => ({ service }));
  yield* observe({ source: 'checks', ...rest, services, version: '0.1.0', events: [] });
  const said = allChecks.map((check, index) => ({
    check,
    fails: index % failEvery === 0,
    unknown: unknownEvery !== undefined && index % unknownEvery === 1,
  }));
  for (const { check, fails, unknown } of said) {
    const { id: checkId, service, level, title, failsWhen: rationale, remediation } = check;
    const texts = {
      checkId,
      service,
      level,
      sourceLevel: level,
      title,
      rationale,
      remediation,
      compliance: [],
    };
    const counts = {
      flaggedItems: fails ? 1 : 0,
      checkedItems: unknown ? 0 : 10,
      unknownItems: unknown ? 1 : 0,
    };
    yield { kind: 'finding', finding: madeUpFinding({ ...texts, ...counts, references: [] }) };
  }
  for (const { check, fails } of said) {
    const { id: checkId, service, level, resourceType } = check;
    const resourceId = `arn:aws:${service}:eu-west-1:${rest.accountId}:thing/${checkId}`;
    const event = madeUpEvent({ checkId, service, level, sourceLevel: level, resourceId, resourceType });
    if (fails) yield { kind: 'event', event };
  }
}
