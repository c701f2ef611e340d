import type { Level } from '../../model/level.ts';
import type { ObservedFinding } from '../../model/observation.ts';

export type Status = 'PASS' | 'FAIL' | 'MANUAL';

/** One verdict of Prowler, in whichever form it was written: one resource, judged by one check. */
export interface ProwlerResult {
  /** Where it stands, for people: `finding 12`, `row 12`. */
  where: string;
  provider: string;
  accountId: string;
  version: string;
  /** Milliseconds since 1970; NaN where it cannot be read. */
  time: number;
  checkId: string;
  service: string;
  status: string;
  muted: boolean;
  severity: string;
  /** Empty for none, as the other texts here. */
  region: string;
  resourceUid: string;
  resourceName: string;
  resourceType: string;
  /** What Prowler says of this resource. */
  detail: string;
  /** What it says of the check; read once for each. */
  describe(): CheckDescription;
}

export type CheckDescription = Pick<
  ObservedFinding,
  'title' | 'rationale' | 'remediation' | 'references' | 'compliance'
>;

const LEVELS: Readonly<Record<string, Level>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  informational: 'info',
  info: 'info',
};

/** Null for a word that Prowler does not have. */
export function levelOf(severity: string): Level | null {
  const word = severity.toLowerCase();
  return Object.hasOwn(LEVELS, word) ? (LEVELS[word] as Level) : null;
}

/** `CIS-3.0` with its requirements as the core has them: the version is what follows the last hyphen, if it is a number. */
export function requirementsOf(
  framework: string,
  references: readonly string[],
): CheckDescription['compliance'] {
  const [, name = framework, version = ''] = /^(.*)-(v?\d[\w.]*)$/.exec(framework) ?? [];
  return references.map((reference) => ({ name, version, reference }));
}

/** Of texts that should be addresses, those that are: a reference becomes a link. */
export function addressesIn(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.trim()).filter((text) => /^https?:\/\/\S+$/.test(text)))];
}

/**
 * Seconds or milliseconds since 1970, or a date as ISO 8601 or Python writes it; one without a zone is taken as UTC.
 */
export function timeOf(value: unknown): number {
  const number = typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number === 'number') return Math.trunc(number > 1e11 ? number : number * 1000);
  if (typeof value !== 'string') return Number.NaN;
  const [, day, clock, zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(value.trim()) ?? [];
  return day === undefined ? Number.NaN : Date.parse(`${day}T${clock}${zone}`);
}
