import type { FailureReport } from './failure.ts';

/** An account that the database knows: a role in it that is assumed. Times are ISO 8601 in UTC. */
export interface Account {
  organizationId: string;
  name: string;
  kind: 'aws-role';
  /** Twelve digits, as the ARN of the role has them. */
  accountId: string;
  roleArn: string;
  /** What the role asks for, so that nobody else can have us enter it. Made by us, one for each organisation. */
  externalId: string;
  /** The profile whose identity assumes the role; null for vedette's own. */
  baseProfile: string | null;
  createdAt: string;
  createdBy: string;
  /** When it was last tried whether the role can be assumed; null when it never was. */
  checkedAt: string | null;
  /** Why it could not; null when it could, or was never tried. */
  problem: FailureReport | null;
}

/** It stands in ids and on command lines, and must not pass for an account id. */
export const ACCOUNT_NAME = /^(?!\d{12}$)[a-z0-9][a-z0-9._-]{0,62}$/i;
export const ACCOUNT_NAME_RULE =
  'Give up to 63 letters, digits, dots, dashes and underscores, beginning with a letter or digit; not twelve digits.';

/** A project of Google Cloud that the database knows. It holds no secret: who gets in is vedette's own identity. */
export interface Project {
  organizationId: string;
  name: string;
  kind: 'gcp-project';
  projectId: string;
  /** The service account that is impersonated; null where vedette's own identity is let in itself. */
  serviceAccount: string | null;
  createdAt: string;
  createdBy: string;
  /** When it was last tried whether it can be entered; null when it never was. */
  checkedAt: string | null;
  /** Why it could not; null when it could, or was never tried. */
  problem: FailureReport | null;
}
