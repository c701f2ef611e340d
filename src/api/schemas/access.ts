import { z } from 'zod';
import { SCOPES } from '../../model/access.ts';
import { AUDIT_OUTCOMES } from '../../model/audit.ts';
import type { AuditEntry } from '../../model/audit.ts';
import type { NotificationPreview } from '../../model/notification.ts';
import { ROLES, SIGN_IN_METHODS } from '../../model/permissions.ts';
import { RECORD_FORMATS } from '../../model/record-format.ts';
import { nextCursor, pageParameters, time } from './common.ts';

export type { AuditEntry, NotificationPreview };

export const scope = z.enum(SCOPES).meta({
  id: 'Scope',
  description: 'read looks, operate also starts and suppresses, admin also changes who may.',
});

export const role = z.enum(ROLES).meta({
  id: 'Role',
  description:
    'What a person is in an organisation, the most first; the guide about people says what each may do.',
});

export const otp = z.string().trim().min(1).max(64).meta({
  description: 'Of a second factor: the six digits of the authenticator app, or a recovery code.',
});

/** A one-time code, an API token, or a person's address and password. */
export const signInRequest = z
  .union([
    z.strictObject({ code: z.string().max(200) }),
    z.strictObject({ token: z.string().max(200) }),
    z.strictObject({ email: z.string().max(254), password: z.string().max(1024), otp: otp.optional() }),
  ])
  .meta({ id: 'SignInRequest' });
export type SignInRequest = z.output<typeof signInRequest>;

export const session = z
  .object({
    organizationId: z.string(),
    name: z.string(),
    scope,
    /** Null for what belongs to no person. */
    role: role.nullable(),
    /** Whose it is; null for what belongs to no person. */
    person: z
      .object({
        userId: z.int(),
        email: z.string(),
        name: z.string(),
        emailVerified: z.boolean(),
        organizations: z.array(z.object({ organizationId: z.string(), role })),
      })
      .nullable(),
    /** How the browser was signed in, and when; null for a bearer token. */
    method: z.enum(SIGN_IN_METHODS).nullable(),
    authenticatedAt: time.nullable(),
    /** To be sent as `X-CSRF-Token` with every request that changes something; null for a bearer token. */
    csrfToken: z.string().nullable(),
    expiresAt: time.nullable(),
    version: z.string(),
    /** Whether the installation holds organisations to plans. */
    plans: z.boolean(),
    temporalUiUrl: z.string().nullable(),
  })
  .meta({ id: 'Session' });
export type Session = z.output<typeof session>;

export const token = z
  .object({
    id: z.int(),
    name: z.string(),
    scope,
    createdAt: time,
    createdBy: z.string(),
    expiresAt: time.nullable(),
    lastUsedAt: time.nullable(),
    revokedAt: time.nullable(),
  })
  .meta({ id: 'Token' });
export type Token = z.output<typeof token>;
export const tokenList = z.object({ tokens: z.array(token) }).meta({ id: 'TokenList' });
export type TokenList = z.output<typeof tokenList>;

/** A browser that is signed in. */
export const signedIn = token
  .omit({ revokedAt: true })
  .extend({ own: z.boolean().meta({ description: 'Whether it is the one that asks.' }) })
  .meta({ id: 'SignedIn' });
export type SignedIn = z.output<typeof signedIn>;
export const sessionList = z.object({ sessions: z.array(signedIn) }).meta({ id: 'SessionList' });
export type SessionList = z.output<typeof sessionList>;

export const createTokenRequest = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    scope: scope.default('read'),
    expiresInDays: z.int().min(1).max(365).default(90),
  })
  .meta({ id: 'CreateTokenRequest' });
export type CreateTokenRequest = z.input<typeof createTokenRequest>;
export const createdToken = token
  .extend({ secret: z.string().meta({ description: 'Shown this once.' }) })
  .meta({ id: 'CreatedToken' });
export type CreatedToken = z.output<typeof createdToken>;

export const auditEntry = z
  .object({
    id: z.int(),
    at: time,
    actor: z.string(),
    userId: z.int().nullable(),
    action: z.string(),
    target: z.string(),
    details: z.record(z.string(), z.unknown()),
    outcome: z.enum(AUDIT_OUTCOMES),
  })
  .meta({ id: 'AuditEntry' }) satisfies z.ZodType<AuditEntry>;
const part = z.string().trim().min(1).max(255).optional();
const auditFilter = {
  actor: part.meta({ description: 'With this in the name of who did it.' }),
  action: part.meta({ description: 'With this in what was done, e.g. `suppress`.' }),
  target: part.meta({ description: 'With this in what it was done to, e.g. `tokens/17`.' }),
  outcome: z.enum(AUDIT_OUTCOMES).optional(),
  since: time.optional(),
  until: time.optional(),
};
export const auditQuery = z.object({ ...pageParameters, ...auditFilter });
export const auditExportQuery = z.object({ ...auditFilter, format: z.enum(RECORD_FORMATS).default('csv') });
export const auditList = z.object({ entries: z.array(auditEntry), nextCursor }).meta({ id: 'AuditList' });
export type AuditList = z.output<typeof auditList>;

export const previewQuery = z.object({ scan: z.coerce.number().int().positive().optional() });
export const preview = z
  .object({ scanId: z.int(), subject: z.string(), html: z.string(), text: z.string() })
  .meta({ id: 'NotificationPreview' }) satisfies z.ZodType<NotificationPreview>;
