/** How a requirement stands: `manual` where no check can tell, `not-applicable` where there is nothing that it concerns. */
export const REQUIREMENT_STATES = ['fail', 'unknown', 'pass', 'not-applicable', 'manual'] as const;
export type RequirementState = (typeof REQUIREMENT_STATES)[number];

/** In what way a requirement stands otherwise than before. */
export const CHANGES = ['worse', 'better'] as const;
export type Change = (typeof CHANGES)[number];

/** Whether somebody has published that a check bears on a requirement, or it is our own proposal. */
export const MAPPINGS = ['published', 'own'] as const;
export type Mapping = (typeof MAPPINGS)[number];

/** How many resources a check passes, fails and cannot tell of, and how many failures were accepted. */
export interface CheckCounts {
  pass: number;
  fail: number;
  unknown: number;
  /** Fails too, but somebody has suppressed the event. */
  suppressed: number;
}

export interface CheckResult extends CheckCounts {
  checkId: string;
  mapping: Mapping;
  /** Whether any scan has asked it; otherwise its counts say nothing. */
  asked: boolean;
}

export interface RequirementResult {
  id: string;
  title: string;
  section: string;
  /** What the publisher adds to it, e.g. `Level 1, automated`. */
  remark: string | null;
  state: RequirementState;
  /** `own` where it rests on proposals alone; null where no check bears on it. */
  mapping: Mapping | null;
  /** Passes only because failures were accepted. */
  accepted: boolean;
  checks: readonly CheckResult[];
}

/** How many requirements stand how. */
export interface ComplianceScore {
  /** Of the requirements that pass, fail or are unknown, those that pass, in percent; null where none passes or fails. */
  percent: number | null;
  pass: number;
  fail: number;
  unknown: number;
  notApplicable: number;
  manual: number;
  /** Of those that pass, those that do so only because failures were accepted. */
  accepted: number;
  total: number;
}

/** The score that a scan left behind. */
export interface ScorePoint extends ComplianceScore {
  scanId: number;
  /** Start of the scan, ISO 8601 in UTC. */
  at: string;
}

export interface AccountScore {
  accountId: string;
  score: ComplianceScore;
}

/** A framework at a glance. */
export interface FrameworkSummary {
  framework: string;
  name: string;
  version: string;
  publisher: string;
  note: string | null;
  /** Of all accounts together. */
  score: ComplianceScore;
  accounts: readonly AccountScore[];
}

/** The same, requirement by requirement. */
export interface FrameworkStanding extends FrameworkSummary {
  requirements: readonly StandingRequirement[];
}

export interface StandingRequirement extends RequirementResult {
  /** Of each account by itself. */
  states: Readonly<Record<string, RequirementState>>;
  /** The same after the scan before its last one, where that is kept and any check had been asked. */
  statesBefore: Readonly<Record<string, RequirementState>>;
  /** Since then: `worse` where any account fails it or cannot tell any more, `better` where only the opposite is so. */
  change: Change | null;
  /**
   * Of one that fails: the scan from which on some account has never been seen to pass it; ISO 8601 in UTC. Null where no
   * scan that is kept has seen it fail.
   */
  failingSince: string | null;
}
