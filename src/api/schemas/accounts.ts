import { z } from 'zod';
import { ACCOUNT_HEALTHS } from '../../model/account-health.ts';
import { ACCOUNT_NAME, ACCOUNT_NAME_RULE } from '../../model/account.ts';
import type { Account as KnownAccount } from '../../model/account.ts';
import { SCAN_DEPTHS } from '../../model/depth.ts';
import { LEVELS } from '../../model/level.ts';
import { STAGES } from '../../model/run.ts';
import { count, failureReport, many, time } from './common.ts';
import { scan, scanScope } from './scans.ts';

export const levelCounts = z
  .object(
    Object.fromEntries(LEVELS.map((name) => [name, count])) as Record<(typeof LEVELS)[number], typeof count>,
  )
  .meta({ id: 'LevelCounts' });
export type LevelCounts = z.output<typeof levelCounts>;

const health = z.enum(ACCOUNT_HEALTHS).meta({
  description:
    '`partial`: something could not be seen; `narrow`: only a part was to be looked at; `stale`: not scanned for too long; `failed`: a scan has failed since.',
});

const unconfirmed = z.object({ service: z.string(), events: count, oldest: time });

const scanFailure = z
  .object({
    runId: z.string(),
    stage: z.enum(STAGES),
    failure: failureReport,
    times: count,
    firstFailedAt: time,
    lastFailedAt: time,
  })
  .meta({ id: 'ScanFailure', description: 'How scans have failed since the last one that went through.' });

/** How an account stands with one source. */
export const accountSource = z
  .object({
    source: z.string(),
    health,
    lastScan: scan.nullable(),
    /** What the last scan did not evaluate. */
    unevaluatedChecks: scanScope.shape.unevaluatedChecks,
    servicesWithErrors: z.array(z.string()).readonly(),
    /** What the last scan was asked to look at; null when there was none, and empty lists mean everything. */
    requested: scanScope.shape.requested.nullable(),
    /** Open events that the last scan could not confirm, by service. */
    unconfirmed: z.array(unconfirmed).readonly(),
    failure: scanFailure.nullable(),
    nextScanAt: time.nullable(),
  })
  .meta({ id: 'AccountSource' });
export type AccountSource = z.output<typeof accountSource>;

export const account = z
  .object({
    /** Name of the profile, or of the account in the database; null where neither leads there. */
    profile: z.string().nullable(),
    accountId: z.string().nullable(),
    /** That of the least healthy source. */
    health,
    open: levelCounts,
    suppressed: count,
    /** The newest of any source. */
    lastScan: scan.nullable(),
    /** What the last scan of each source did not evaluate. */
    unevaluatedChecks: scanScope.shape.unevaluatedChecks,
    servicesWithErrors: z.array(z.string()).readonly(),
    nextScanAt: time.nullable(),
    /** Each that has scanned the account or is planned to. */
    sources: z.array(accountSource).readonly(),
  })
  .meta({ id: 'Account' });
export type Account = z.output<typeof account>;
export const accountList = z.object({ accounts: z.array(account) }).meta({ id: 'AccountList' });
export type AccountList = z.output<typeof accountList>;

/** An account that is entered by a role. */
export const roleAccount = z
  .object({
    organizationId: z.string(),
    name: z.string(),
    kind: z.literal('aws-role'),
    accountId: z.string(),
    roleArn: z.string(),
    externalId: z.string().meta({ description: 'What its role has to ask for.' }),
    baseProfile: z.string().nullable(),
    createdAt: time,
    createdBy: z.string(),
    checkedAt: time.nullable(),
    problem: failureReport.nullable().meta({ description: 'Why it cannot be entered, and what to do.' }),
  })
  .meta({ id: 'RoleAccount' }) satisfies z.ZodType<KnownAccount>;
export type RoleAccount = z.output<typeof roleAccount>;
export const roleAccountList = z.object({ accounts: z.array(roleAccount) }).meta({ id: 'RoleAccountList' });
export type RoleAccountList = z.output<typeof roleAccountList>;

export const newRoleAccount = z
  .strictObject({
    name: z.string().regex(ACCOUNT_NAME, ACCOUNT_NAME_RULE),
    roleArn: z.string().max(1024),
  })
  .meta({ id: 'NewRoleAccount' });
export type NewRoleAccount = z.input<typeof newRoleAccount>;
export const roleAccountParameter = z.object({ name: z.string().min(1).max(64) });

export const roleOfferQuery = z.object({
  source: many(z.string().max(64)),
  depth: z.enum(SCAN_DEPTHS).optional(),
});
export const roleOffer = z
  .object({
    externalId: z.string(),
    template: z.record(z.string(), z.unknown()).meta({ description: 'Of CloudFormation.' }),
    link: z
      .string()
      .nullable()
      .meta({ description: 'Where one click makes the role; null where there is none.' }),
  })
  .meta({ id: 'RoleOffer' });
export type RoleOffer = z.output<typeof roleOffer>;
