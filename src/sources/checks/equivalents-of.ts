import { prowlerEquivalents } from './equivalents/prowler.ts';
import { scoutsuiteEquivalents } from './equivalents/scoutsuite.ts';
import { securityHubEquivalents } from './equivalents/security-hub.ts';

/** By tool, what it calls the same check. */
export function equivalentsOf(checkId: string): Readonly<Record<string, readonly string[]>> {
  return {
    prowler: prowlerEquivalents[checkId] ?? [],
    securityHub: securityHubEquivalents[checkId] ?? [],
    scoutsuite: scoutsuiteEquivalents[checkId] ?? [],
  };
}
