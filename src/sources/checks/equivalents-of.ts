import type { Equivalent } from '../../model/check.ts';
import type { Equivalents } from './equivalents.ts';
import { prowlerEquivalents } from './equivalents/prowler.ts';
import { scoutsuiteEquivalents } from './equivalents/scoutsuite.ts';
import { securityHubEquivalents } from './equivalents/security-hub.ts';

const TOOLS: readonly { tool: string; title: string; equivalents: Equivalents }[] = [
  { tool: 'prowler', title: 'Prowler', equivalents: prowlerEquivalents },
  { tool: 'securityHub', title: 'Security Hub', equivalents: securityHubEquivalents },
  { tool: 'scoutsuite', title: 'ScoutSuite', equivalents: scoutsuiteEquivalents },
];

/** What other tools call the same check; a tool that has none has no ids. */
export function equivalentsOf(checkId: string): Equivalent[] {
  return TOOLS.map(({ tool, title, equivalents }) => ({
    tool,
    title,
    ids: equivalents[checkId]?.split(' ') ?? [],
  }));
}
