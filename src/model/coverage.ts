/** What there is in an account that would notice something. */
export const DETECTION_KINDS = [
  'eventbridge-rule',
  'log-alarm',
  'alarm',
  'config-rule',
  'guardduty',
  'securityhub-control',
  'cloudtrail',
  'log-subscription',
  'access-analyzer',
  'macie',
  'inspector',
  'gcp-log-alert',
  'gcp-scc',
] as const;
export type DetectionKind = (typeof DETECTION_KINDS)[number];

/** Whether it would; unknown where something that decides it could not be read. */
export type DetectionHealth = 'healthy' | 'broken' | 'unknown';

/** One thing that keeps a detection from noticing, or from telling anybody. */
export interface HealthReason {
  /** e.g. `no-target`. */
  code: string;
  /** What is so, in a sentence. */
  text: string;
  /** What to do about it, in a sentence. */
  remedy: string;
  /** What AWS or Google answered that proves it, e.g. `events:ListTargetsByRule: []`. */
  fact: string;
  /** A warning leaves the detection as healthy as it was. */
  severity: 'broken' | 'unknown' | 'warning';
}

/** A technique of ATT&CK 18.1 that a detection sees. */
export interface DetectedTechnique {
  id: string;
  /** 0 to 1: from 0.5 on it covers, from 0.25 on it is a weak sign. */
  score: number;
  evidence: readonly string[];
  /** Of which services it sees it; empty where it sees it whatever the service. */
  services: readonly string[];
}

export interface Detection {
  /** Its ARN or resource name; where it has none, one of the same form. The same in every scan. */
  id: string;
  kind: DetectionKind;
  name: string;
  /** Where it lives; null of what has no region. */
  region: string | null;
  health: DetectionHealth;
  reasons: readonly HealthReason[];
  /** Whether it judges how things are set up, instead of what happens. */
  isPosture: boolean;
  /** The regions of which it sees what happens; null for all. */
  sees: readonly string[] | null;
  targetServices: readonly string[];
  techniques: readonly DetectedTechnique[];
}

/** A service with resources in an account. */
export interface ServiceInUse {
  service: string;
  /** Where they are; empty of a service without regions. */
  regions: readonly string[];
}

/** Something that could not be asked. */
export interface UnseenCall {
  call: string;
  region: string | null;
  /** `denied`, `throttled`, `unsupported` or `failed`. */
  reason: string;
}

/** What a scan of detections says of an account, beside the detections themselves. */
export interface AccountCoverage {
  provider: 'aws' | 'gcp';
  /** Of the mappings. */
  attackVersion: string;
  servicesInUse: readonly ServiceInUse[];
  /** Services of which it is not known whether they have resources. */
  servicesUnknown: readonly string[];
  unseen: readonly UnseenCall[];
  /** As they were before anybody corrected anything. */
  figures: CoverageFigures;
}

/** Techniques without parts, and the parts of the others, by how they are covered. */
export interface CoverageFigures {
  techniques: number;
  covered: number;
  partial: number;
  uncovered: number;
  /** Mean of all, in percent, unrounded. */
  effective: number | null;
}

/** What was known of an account when a scan looked. */
export interface CoverageScan extends AccountCoverage {
  scanId: number;
  accountId: string;
  /** ISO 8601 in UTC. */
  scanTime: string;
}

export const COVERAGE_STATUSES = ['covered', 'partial', 'uncovered', 'not-applicable'] as const;
export type CoverageStatus = (typeof COVERAGE_STATUSES)[number];

/** What somebody knows better about a mapping than we do; it holds for every scan. */
export interface CoverageCorrection {
  detectionId: string;
  techniqueId: string;
  /** Whether the detection sees the technique. */
  covers: boolean;
  reason: string;
  by: string;
  /** ISO 8601 in UTC. */
  at: string;
}
