import { z } from 'zod';
import { levelCounts } from './accounts.ts';
import { accountId, accountName, count, level, many, time } from './common.ts';
import { event } from './events.ts';

export const summaryQuery = z.object({
  account: many(accountId),
  days: z.coerce.number().int().min(1).max(365).default(30),
});

export const summary = z
  .object({
    /** Time of the newest scan. */
    asOf: time.nullable(),
    open: z.object({ byLevel: levelCounts, total: count, suppressed: count }),
    accounts: z.object({ total: count, partial: count }),
    /** Oldest first, without gaps. */
    daily: z
      .array(
        z.object({
          day: z.iso.date(),
          new: count,
          resolved: count,
          reopened: count,
          /** Active or suppressed at the end of the day. */
          unresolved: count,
        }),
      )
      .readonly(),
    worstAccounts: z
      .array(z.object({ accountId, accountName, profile: z.string().nullable(), open: levelCounts }))
      .readonly(),
    /** The worst accounts by the services with the worst events. */
    accountsByService: z.object({
      services: z.array(z.string()).readonly(),
      accounts: z
        .array(
          z.object({
            accountId,
            accountName,
            profile: z.string().nullable(),
            services: z
              .array(z.object({ level: level.nullable(), events: count, evaluated: z.boolean() }))
              .readonly(),
          }),
        )
        .readonly(),
    }),
    /** Active critical events, or of the worst level there is, oldest first. */
    oldest: z.array(event).readonly(),
  })
  .meta({ id: 'Summary' });
export type Summary = z.output<typeof summary>;
