import { z } from 'zod';
import { FAILURE_TYPES } from '../../model/failure.ts';
import { LEVELS } from '../../model/level.ts';

/** ISO 8601 in UTC. */
export const time = z.iso.datetime();
export const level = z.enum(LEVELS).meta({ id: 'Level', description: 'Severity, gravest first.' });
export const failureType = z.enum(FAILURE_TYPES).meta({ id: 'FailureType' });
export const count = z.int().nonnegative();
export const cursor = z
  .string()
  .max(1000)
  .meta({ description: '`nextCursor` of the page before, unchanged.' });
export const nextCursor = z
  .string()
  .nullable()
  .meta({ description: 'Leads to the next page; null on the last.' });
export const accountId = z.string().min(1).max(64);
export const accountName = z
  .string()
  .nullable()
  .meta({ description: 'What the account is called; null when it has no name here.' });

export const failureReport = z
  .object({ type: failureType, message: z.string(), remedy: z.string() })
  .meta({ id: 'FailureReport' });

/** An error as RFC 9457 has it, with the words of the command line. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    failure: failureType,
    remedy: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof problem>;

const LIST_ITEMS = 500;

/** A query parameter that may be repeated, or hold several values between commas. */
export function many<Item extends z.ZodType<unknown, string>>(item: Item) {
  return z
    .preprocess(
      (value: string | readonly string[] | undefined) =>
        value === undefined ? undefined : [value].flat().flatMap((text) => text.split(',')),
      z.array(item).min(1).max(LIST_ITEMS).optional(),
    )
    .meta({ description: 'Repeat it, or separate several values by commas.' });
}

export const pageParameters = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: cursor.optional(),
};

export const idParameter = z.object({ id: z.coerce.number().int().positive() });

/** The body of an answer that has none. */
export const nothing = z.undefined();

export const health = z.object({ status: z.literal('ok'), version: z.string() }).meta({ id: 'Health' });
