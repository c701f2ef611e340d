export const SUPPRESSION_KINDS = ['accepted-risk', 'false-positive', 'mitigated-elsewhere'] as const;
export type SuppressionKind = (typeof SUPPRESSION_KINDS)[number];

/** How long a suppression holds where nobody says otherwise. */
export const DEFAULT_SUPPRESSION_DAYS = 90;

/** Which events a rule suppresses, those of scans to come too: all that is said has to be met. */
export interface SuppressionRule {
  checkId: string | null;
  accountId: string | null;
  /** The resource's id or name, where `*` stands for anything. */
  resource: string | null;
}

/** Why an event is not to be heard of for a while, or for good. One suppression may cover many events. */
export interface Suppression {
  id: number;
  kind: SuppressionKind;
  reason: string;
  /** Who answers for it. */
  owner: string | null;
  /** Null when it holds until it is taken back. */
  expiresAt: string | null;
  createdAt: string;
  createdBy: string;
  /** Null for events that were chosen one by one. */
  rule: SuppressionRule | null;
}

export interface ListedSuppression extends Suppression {
  /** How many events it holds back now, those that are resolved not counted. */
  events: number;
}

/** When a suppression ends that begins now, unless it is said. */
export function defaultExpiry(now = Date.now()): string {
  return new Date(now + DEFAULT_SUPPRESSION_DAYS * 86_400_000).toISOString();
}
