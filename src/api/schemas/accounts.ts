import { z } from 'zod';
import { LEVELS } from '../../model/level.ts';
import { count, time } from './common.ts';
import { scan, scanScope } from './scans.ts';

export const levelCounts = z
  .object(
    Object.fromEntries(LEVELS.map((name) => [name, count])) as Record<(typeof LEVELS)[number], typeof count>,
  )
  .meta({ id: 'LevelCounts' });
export type LevelCounts = z.output<typeof levelCounts>;

const health = z.enum(['ok', 'partial', 'stale', 'never']);

/** How an account stands with one source. */
export const accountSource = z
  .object({
    source: z.string(),
    health,
    lastScan: scan.nullable(),
    /** What the last scan did not evaluate. */
    unevaluatedChecks: scanScope.shape.unevaluatedChecks,
    servicesWithErrors: z.array(z.string()).readonly(),
    nextScanAt: time.nullable(),
  })
  .meta({ id: 'AccountSource' });
export type AccountSource = z.output<typeof accountSource>;

export const account = z
  .object({
    /** Null for an account that this installation's AWS configuration does not name. */
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
