import { z } from 'zod';
import { SCAN_DEPTHS } from '../../model/depth.ts';

export const server = z
  .object({
    version: z.string(),
    sources: z
      .array(
        z.object({
          id: z.string(),
          title: z.string(),
          scans: z.boolean().meta({
            description: 'Whether accounts can be scanned with it, or its results are only imported.',
          }),
          choices: z
            .object({
              depths: z.array(z.enum(SCAN_DEPTHS)).readonly(),
              depth: z.enum(SCAN_DEPTHS).nullable(),
              services: z.array(z.string()).readonly(),
              frameworks: z.array(z.object({ id: z.string(), title: z.string() })).readonly(),
            })
            .nullable()
            .meta({
              description: 'What a scan with it can be limited to beside regions; null where it cannot.',
            }),
        }),
      )
      .readonly()
      .meta({ description: 'What events come from; the first is what a run scans with that names none.' }),
  })
  .meta({ id: 'Server' });
export type Server = z.output<typeof server>;
