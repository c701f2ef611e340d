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
