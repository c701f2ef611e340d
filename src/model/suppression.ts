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
  /** A tag of the resource, `key=value`, where `*` in the value stands for anything; a key alone: whatever its value. */
  tag: string | null;
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

/** How long before a suppression ends people are told of it. */
export const SUPPRESSION_NOTICE_DAYS = 7;

/** Whether it is time to tell people that a suppression ends: some days before, for a short one when half of it is over. */
export function noticeDue({ expiresAt, createdAt }: Suppression, now: Date): boolean {
  if (expiresAt === null) return false;
  const end = Date.parse(expiresAt);
  const noticeMs = Math.min(SUPPRESSION_NOTICE_DAYS * 86_400_000, (end - Date.parse(createdAt)) / 2);
  return end - now.getTime() <= noticeMs;
}

/** What a suppression meets, in one line. */
export function ruleText(rule: SuppressionRule | null): string {
  if (rule === null) return 'chosen events';
  const { checkId, accountId, resource, tag } = rule;
  const parts = [checkId, accountId, resource, tag === null ? null : `tag ${tag}`];
  return parts.filter((part) => part !== null).join(' × ');
}

/** When a suppression ends that begins now, unless it is said. */
export function defaultExpiry(now = Date.now()): string {
  return new Date(now + DEFAULT_SUPPRESSION_DAYS * 86_400_000).toISOString();
}
