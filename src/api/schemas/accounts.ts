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

export const account = z
  .object({
    /** Null for an account that this installation's AWS configuration does not name. */
    profile: z.string().nullable(),
    accountId: z.string().nullable(),
    health: z.enum(['ok', 'partial', 'stale', 'never']),
    open: levelCounts,
    suppressed: count,
    lastScan: scan.nullable(),
    /** What the last scan did not evaluate. */
    unevaluatedChecks: scanScope.shape.unevaluatedChecks,
    servicesWithErrors: z.array(z.string()).readonly(),
    nextScanAt: time.nullable(),
  })
  .meta({ id: 'Account' });
export type Account = z.output<typeof account>;
export const accountList = z.object({ accounts: z.array(account) }).meta({ id: 'AccountList' });
export type AccountList = z.output<typeof accountList>;
