import type { TemplateDeclaration } from './declaration.ts';

export type NamedDeclaration = TemplateDeclaration & { name: string };

/** Lines that say what a template is for; comments in every format. */
export function headerOf(
  { technique, name, severity, why, falsePositives }: NamedDeclaration,
  more: readonly string[],
): string[] {
  return [
    `MITRE ATT&CK ${technique}: ${name}`,
    `Severity: ${severity}`,
    '',
    `Why: ${why}`,
    `False positives: ${falsePositives}`,
    ...more,
  ].map((line) => (line === '' ? '#' : `# ${line}`));
}

/** `t1562-008`, as names of resources hold it. */
export function slugOf(technique: string): string {
  return technique.toLowerCase().replace('.', '-');
}

export const AWS_COST =
  'Cost: about 1.10 USD a month (key 1.00, alarm 0.10); rules on events of AWS and e-mails up to 1,000 are free.';
export const TRAIL_NEEDED = 'Needs: a CloudTrail trail that is logging management events in this region.';
