import { z } from 'zod';
import { accountId, many, nextCursor, pageParameters } from './common.ts';

const name = z.string().max(64);

export const viewParameter = z.object({ name });

export const viewListing = z.object({ name, purpose: z.string() }).meta({ id: 'View' });
export const viewList = z.object({ views: z.array(viewListing).readonly() }).meta({ id: 'ViewList' });
export type ViewList = z.output<typeof viewList>;

export const viewQuery = z.object({
  ...pageParameters,
  account: many(accountId),
  where: z
    .preprocess(
      (value: string | readonly string[] | undefined) => (value === undefined ? undefined : [value].flat()),
      z
        .array(z.string().regex(/^\w{1,64}=.{0,500}$/s, 'expected column=value'))
        .max(20)
        .optional(),
    )
    .meta({ description: 'Rows with this value in a column, as `column=value`; repeat it for more.' }),
  since: z.iso.date().optional().meta({ description: 'Rows of this day and later.' }),
  until: z.iso.date().optional().meta({ description: 'Rows before this day.' }),
  sort: z
    .string()
    .regex(/^-?\w{1,64}$/)
    .optional()
    .meta({ description: 'A column, with `-` before it for the greatest first.' }),
});

const value = z.union([z.string(), z.number(), z.null()]);
export const viewRows = z
  .object({
    view: name,
    purpose: z.string(),
    columns: z.array(z.string()).readonly(),
    rows: z.array(z.record(z.string(), value)).readonly(),
    nextCursor,
  })
  .meta({ id: 'ViewRows' });
export type ViewRows = z.output<typeof viewRows>;
