import { z } from 'zod';
import { CURRENCY, SUBSCRIPTION_STATUSES, TIERS } from '../../model/plan.ts';
import { count, time } from './common.ts';

const tier = z.enum(TIERS).meta({ id: 'Tier' });
const limit = z.int().nullable().meta({ description: 'Null where there is none.' });
const price = {
  currency: z.literal(CURRENCY),
  price_pence: z.int().nullable().meta({ description: 'By the month; null where it is agreed.' }),
  price_pounds: z.number().nullable(),
};

export const subscription = z
  .object({
    tier,
    status: z.enum(SUBSCRIPTION_STATUSES),
    ...price,
    members: z
      .object({ used: count, limit, near: z.boolean() })
      .meta({ description: 'Open invitations count.' }),
    accounts: z.object({ used: count, limit, near: z.boolean() }),
    teamInvites: z.boolean(),
    orgFeatures: z.boolean(),
    periodEnd: time.nullable(),
    cancelAt: time.nullable(),
    graceUntil: time.nullable(),
  })
  .meta({ id: 'Subscription' });
export type Subscription = z.output<typeof subscription>;

export const prices = z
  .object({
    prices: z.array(z.object({ tier, title: z.string(), ...price, members: limit, accounts: limit })),
  })
  .meta({ id: 'Prices' });
export type Prices = z.output<typeof prices>;
