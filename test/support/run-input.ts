import { accountScanId } from '../../src/model/names.ts';
import type { ScanRunInput } from '../../src/model/pipeline.ts';
import type { Target } from '../../src/model/target.ts';

/** The profile of this name, of whatever account. */
export function targetOf(name: string): Target {
  return { kind: 'aws-profile', name, accountId: null };
}

/** A run over these profiles, as the tests start most of theirs. */
export function scanRunInput(profiles: readonly string[], change: Partial<ScanRunInput> = {}): ScanRunInput {
  return {
    organizationId: 'default',
    sources: ['scoutsuite'],
    selection: { accounts: profiles.map(targetOf) },
    options: { services: [], regions: [], initial: false },
    concurrency: 2,
    ...change,
  };
}

/** Of the workflow that scans a profile. */
export function profileScanId(profile: string, source = 'scoutsuite'): string {
  return accountScanId({ organizationId: 'default', source, target: targetOf(profile) });
}
