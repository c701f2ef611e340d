import { z } from 'zod';

export const server = z
  .object({
    version: z.string(),
    sources: z
      .array(z.object({ id: z.string(), title: z.string() }))
      .readonly()
      .meta({ description: 'What accounts can be scanned with; the first where a run names none.' }),
  })
  .meta({ id: 'Server' });
export type Server = z.output<typeof server>;
