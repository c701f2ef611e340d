import { z } from 'zod';
import { levelCounts } from './accounts.ts';
import { accountId, accountName, count } from './common.ts';
import { event } from './events.ts';

export const summaryQuery = z.object({ days: z.coerce.number().int().min(1).max(365).default(30) });

export const summary = z
  .object({
    open: z.object({ byLevel: levelCounts, total: count, suppressed: count }),
    accounts: z.object({ total: count, partial: count }),
    /** Oldest first, without gaps. */
    daily: z.array(z.object({ day: z.iso.date(), new: count, resolved: count, reopened: count })).readonly(),
    worstAccounts: z
      .array(z.object({ accountId, accountName, profile: z.string().nullable(), open: levelCounts }))
      .readonly(),
    /** Active critical events, or of the worst level there is, oldest first. */
    oldest: z.array(event).readonly(),
  })
  .meta({ id: 'Summary' });
export type Summary = z.output<typeof summary>;
