import { z } from 'zod';
import { MAPPINGS } from '../../model/compliance.ts';
import { accountId, accountName, count, level, many } from './common.ts';

/** How many resources pass, fail and are not known, and how many failures were accepted. */
export const checkCounts = z
  .object({ pass: count, fail: count, unknown: count, suppressed: count })
  .meta({ id: 'CheckCounts' });

const briefCheck = z.object({
  id: z.string(),
  title: z.string().meta({ description: 'What is true where it passes.' }),
  service: z.string(),
  depth: z.enum(['quick', 'standard', 'deep']),
  level,
  category: z.string(),
});

export const checkCatalogueQuery = z.object({ account: many(accountId) });
export const checkCatalogue = z
  .object({
    /** The source whose checks these are. */
    source: z.string(),
    checks: z
      .array(
        briefCheck.extend({
          /** Frameworks that it bears on. */
          frameworks: z.array(z.string()).readonly(),
          /** Null where no scan has asked it. */
          counts: checkCounts.nullable(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'CheckCatalogue' });
export type CheckCatalogue = z.output<typeof checkCatalogue>;

export const checkParameter = z.object({ id: z.string().min(1).max(255) });
export const catalogueCheck = briefCheck
  .extend({
    resourceType: z.string(),
    failsWhen: z.string(),
    remediation: z.string(),
    command: z.string().nullable(),
    parameters: z.record(z.string(), z.unknown()).meta({ description: 'Thresholds with their defaults.' }),
    calls: z
      .array(z.string())
      .readonly()
      .meta({ description: 'Of the API of AWS, without which it is unknown.' }),
    equivalents: z
      .array(z.object({ tool: z.string(), title: z.string(), ids: z.array(z.string()).readonly() }))
      .readonly(),
    frameworks: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          version: z.string(),
          requirements: z.array(z.string()).readonly(),
          mapping: z.enum(MAPPINGS),
        }),
      )
      .readonly(),
    accounts: z.array(checkCounts.extend({ accountId, accountName })).readonly(),
  })
  .meta({ id: 'CatalogueCheck' });
export type CatalogueCheck = z.output<typeof catalogueCheck>;
