import type { Importable } from '../source.ts';

/**
 * The two forms that Prowler 4 and 5 write: a list of OCSF findings, and CSV. Its CSV of compliance has other columns and a
 * longer name.
 */
export const prowlerResults: Importable = {
  files: '*.ocsf.json',
  isNamed: (name) => name.endsWith('.ocsf.json') || /^prowler-output-.*-\d{14}\.csv$/.test(name),
  beginsLike: (head) =>
    /^\ufeff?\s*\[\s*\{[^]*"(?:vendor_)?name"\s*:\s*"Prowler"/.test(head) ||
    /^\ufeff?(?=.*\bFINDING_UID\b)(?=.*\bCHECK_ID\b).*\bSTATUS\b/.test(head),
};
