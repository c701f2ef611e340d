import type { FileRange } from '../../json/json-skimmer.ts';
import type { Interval, SectionStatus } from '../../model/view360.ts';
import type { Period } from '../periods.ts';

/** What a payload says of itself, and where in the file its sections are. */
export interface Envelope {
  schema: 'view360/1' | 'view360/2' | 'vedette.view360/3';
  accountId: string;
  region: string;
  interval: Interval;
  period: Period;
  /** The last day of the period. */
  periodEnd: string;
  /** ISO 8601. */
  generatedAt: string;
  collectMs: number | null;
  apiCalls: number | null;
  throttles: number | null;
  account: Readonly<Record<string, unknown>>;
  sections: ReadonlyMap<string, SectionPlace>;
  /** What is told of each section; none of payloads of earlier versions. */
  told: Readonly<Record<string, ToldSection>>;
  /** Paths of lists and objects that are there, if only empty ones. */
  present: ReadonlySet<string>;
  sha256: string;
  warnings: string[];
}

export interface SectionPlace extends FileRange {
  isList: boolean;
}

/** What is told of how a section was collected. */
export interface ToldSection {
  status: SectionStatus;
  /** Whether everything that there is was seen. */
  complete: boolean;
  regions: string[];
  parts?: Record<string, { status: SectionStatus; complete: boolean }> | undefined;
}

/** How a section, or the part of one, was collected; earlier payloads do not tell, and nothing of them is complete. */
export function collected(
  { told }: Pick<Envelope, 'told'>,
  name: string,
  partName: string | undefined,
): { status: SectionStatus | null; complete: boolean; regions: readonly string[] } {
  const whole = told[name];
  if (whole === undefined) return { status: null, complete: false, regions: [] };
  const one = (partName === undefined ? undefined : whole.parts?.[partName]) ?? whole;
  return { status: one.status, complete: one.complete, regions: whole.regions };
}
