import type { PersistInput } from '../../src/store/scans/incoming-scan.ts';

/** What is recorded about a made-up scan beside its observations. */
export const INPUT: PersistInput = {
  organizationId: 'default',
  runId: null,
  profile: 'production',
  resultsSha256: 'ab'.repeat(32),
};
