import { z } from 'zod';
import { SCAN_DEPTHS } from '../../model/depth.ts';
import { AccountOutcomeKind, STAGES } from '../../model/run.ts';
import type { AccountOutcome, RunSummary } from '../../model/run.ts';
import { TARGET_KINDS } from '../../model/target.ts';
import { failureType, nextCursor, pageParameters, time } from './common.ts';
import { scanOutcome } from './scans.ts';

export type { AccountOutcome, RunSummary };

const profile = z.string().min(1).max(255);
const sourceId = z.string().min(1).max(32);
/** What is scanned, and with what. */
const scanNames = { profile: z.string(), targetKind: z.enum(TARGET_KINDS), source: z.string() };

export const runSummary = z
  .object({
    runId: z.string(),
    status: z.enum(['running', 'completed', 'interrupted', 'failed']),
    /** `success`, `partly-failed`, `failed` or `interrupted`; null while it runs. */
    outcome: z.string().nullable(),
    /** What it scans with; of several, comma-separated. */
    source: z.string().nullable(),
    startedAt: time,
    endedAt: time.nullable(),
  })
  .meta({ id: 'RunSummary' }) satisfies z.ZodType<RunSummary>;

export const runListQuery = z.object({ limit: pageParameters.limit, cursor: pageParameters.cursor });
export const runList = z.object({ runs: z.array(runSummary), nextCursor }).meta({ id: 'RunList' });
export type RunList = z.output<typeof runList>;

export const liveAccount = z
  .object({
    ...scanNames,
    state: z.enum(['waiting', 'running', 'ended']),
    outcome: z.string().nullable(),
    stage: z.enum(STAGES).nullable(),
    stageStartedAt: time.nullable(),
    /** The scanner's last line, why a step is being tried again, or why it failed and what to do. */
    note: z.string().nullable(),
    /** Of a scan in batches that have names, such as regions: each of them, in order. */
    parts: z
      .array(
        z.object({
          label: z.string(),
          state: z.enum(['waiting', 'running', 'done', 'unseen']),
          note: z.string().nullable(),
        }),
      )
      .readonly(),
    temporalUrl: z.string().nullable(),
  })
  .meta({ id: 'LiveAccount' });
export type LiveAccount = z.output<typeof liveAccount>;

export const accountOutcome = z
  .object({
    ...scanNames,
    accountId: z.string().nullable(),
    outcome: z.enum(Object.values(AccountOutcomeKind)),
    stage: z.enum(STAGES).nullable(),
    error: z
      .object({
        type: failureType,
        message: z.string(),
        remedy: z.string(),
        exitCode: z.int().exactOptional(),
        lastLines: z.array(z.string()).readonly().exactOptional(),
      })
      .nullable(),
    scan: scanOutcome.nullable(),
  })
  .meta({ id: 'AccountOutcome' }) satisfies z.ZodType<AccountOutcome>;

export const run = runSummary
  .extend({
    /** What it was asked to do. */
    sources: z.array(z.string()).readonly(),
    concurrency: z.int(),
    services: z.array(z.string()).readonly(),
    regions: z.array(z.string()).readonly(),
    depth: z.enum(SCAN_DEPTHS).nullable(),
    frameworks: z.array(z.string()).readonly(),
    checks: z.array(z.string()).readonly(),
    /** While it runs; empty once it has ended. */
    live: z.array(liveAccount),
    /** Once it has ended. */
    accounts: z.array(accountOutcome).readonly(),
    temporalUrl: z.string().nullable(),
  })
  .meta({ id: 'Run' });
export type Run = z.output<typeof run>;

export const startRunRequest = z
  .strictObject({
    /** Profiles or account ids; or every profile of this installation. */
    accounts: z.union([z.array(profile).min(1).max(1000), z.literal('all')]),
    sources: z
      .array(sourceId)
      .min(1)
      .max(20)
      .optional()
      .meta({ description: 'What to scan with: each account with each.' }),
    source: sourceId.optional().meta({ description: 'The only one of `sources`.' }),
    services: z.array(z.string().min(1).max(64)).max(100).default([]),
    regions: z.array(z.string().min(1).max(64)).max(100).default([]),
    depth: z.enum(SCAN_DEPTHS).optional().meta({ description: 'Of sources with depths: how far to go.' }),
    frameworks: z
      .array(z.string().min(1).max(64))
      .max(50)
      .default([])
      .meta({ description: 'Of sources with frameworks: only what bears on these.' }),
    checks: z
      .array(z.string().min(1).max(100))
      .max(100)
      .default([])
      .meta({ description: 'Of sources with a catalogue: only these checks, whatever their depth.' }),
    concurrency: z.int().min(1).max(256).optional(),
    initial: z.boolean().optional(),
  })
  .meta({ id: 'StartRunRequest' });
export type StartRunRequest = z.input<typeof startRunRequest>;
export const startedRun = z.object({ runId: z.string() }).meta({ id: 'StartedRun' });
export type StartedRun = z.output<typeof startedRun>;

/** `data` of a `progress` message of the stream of a run, and of its `end`. */
export const runProgress = run;
export const runParameter = z.object({ id: z.string().min(1).max(255) });
