import type { AwsClients } from '../../aws/clients.ts';
import type { AllowedCall } from '../../aws/read-only.ts';
import type { Interval } from '../../model/view360.ts';
import type { Period } from '../periods.ts';

/** What a collector is given. */
export interface Scope {
  clients: AwsClients;
  /** Where it looks: a region, or where services without regions are called. */
  region: string;
  /** All regions that are read. */
  regions: readonly string[];
  accountId: string;
  partition: string;
  interval: Interval;
  period: Period;
  /** Whether the period is long over: only what is of it is asked. */
  isHistory: boolean;
  /** The day on which it is collected. */
  today: string;
  labels: Labels;
  configMode: 'changed' | 'full';
  /** Whether what is personal may be sent. */
  includeContacts: boolean;
  signal: AbortSignal;
  /** What several collectors need is asked once. */
  once<Result>(name: string, ask: () => Promise<Result>): Promise<Result>;
  /** For what went wrong with a part of a collector, which goes on. */
  warn(problem: unknown, call: AllowedCall): void;
  /** Paths of what was left out because it is personal. */
  redacted(path: string): void;
}

export interface Labels {
  customer: string | undefined;
  partner: string | undefined;
  category: string | undefined;
  environment: string | undefined;
  product: string | undefined;
}

export type Row = Readonly<Record<string, unknown>>;

/** One collector: what it calls, and what it yields. */
export interface Collector {
  /** Everything that it may send. */
  calls: readonly AllowedCall[];
  where: 'account' | 'region';
  /** Rows, or the one object that a section is. */
  collect(scope: Scope): Promise<readonly Row[] | Row>;
  /** Codes of AWS by which it says that the account has no such thing, beside the common ones. */
  notEnabled?: readonly string[];
  /** False where what it yields is not all that there is, though nothing went wrong. */
  complete?: (scope: Scope) => boolean;
}

/** A section of the payload. */
export interface Section {
  name: string;
  /** Of a period, as costs are; or a snapshot of now, which no earlier day can have. */
  kind: 'period' | 'snapshot';
  shape: 'list' | 'object';
  /** Collectors by the path of what they yield below the section; `''` is the section itself. */
  parts: Readonly<Record<string, Collector>>;
  /** Of rows of several regions that are one object: how they become it. */
  merge?: (objects: readonly Row[], scope: Scope) => Row;
}

export function collector(given: Collector): Collector {
  return given;
}
