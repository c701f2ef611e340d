import type { Account } from '../../../../../src/api/schemas/accounts.ts';
import type { Candidate } from '../../../components/account-choice.tsx';

/** What can be scanned: what this installation has a profile of. */
export function candidatesOf(accounts: readonly Account[]): Candidate[] {
  return accounts.flatMap(({ profile, health, lastScan }) =>
    profile === null ? [] : [{ profile, health, lastScanAt: lastScan?.scanTime ?? null }],
  );
}
