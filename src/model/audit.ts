export const AUDIT_OUTCOMES = ['done', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** Somebody's attempt to change something. */
export interface AuditRecord {
  organizationId: string;
  /** ISO 8601 in UTC. */
  at: string;
  actor: string;
  /** The person, whom no name of a token can imitate; null for what is nobody's. */
  userId: number | null;
  /** What was done, e.g. `events.suppress`. */
  action: string;
  /** To what, e.g. `runs/run-2026-11-22-173005-1f3a`. */
  target: string;
  details: Readonly<Record<string, unknown>>;
  outcome: AuditOutcome;
}

export type AuditEntry = Omit<AuditRecord, 'organizationId'> & { id: number };

/** Which entries are asked for; what is left out does not matter. */
export interface AuditFilter {
  /** With this in the name of who did it, whatever its letters' case; so the others. */
  actor?: string | undefined;
  action?: string | undefined;
  target?: string | undefined;
  outcome?: AuditOutcome | undefined;
  /** ISO 8601: at that time or later. */
  since?: string | undefined;
  /** ISO 8601: before. */
  until?: string | undefined;
}

/** What is written to the audit log in the transaction that changes something. */
export interface AuditedChange {
  organizationId: string;
  /** As the API's operation or the command is called that asks for it, e.g. `tokens.create`. */
  action: string;
  /** Which one, e.g. `tokens/17`. */
  target: string;
  /** What of it was so before; null for what was not there. */
  before: Readonly<Record<string, unknown>> | null;
  /** What of it is so now; null for what is no more. */
  after: Readonly<Record<string, unknown>> | null;
  /** Where it is not who called, as who called was not yet known. */
  actor?: string;
  userId?: number | null;
}
