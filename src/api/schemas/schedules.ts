import { z } from 'zod';
import { SCAN_DEPTHS } from '../../model/depth.ts';
import { OVERLAP_POLICIES } from '../../model/schedule.ts';
import { count, time } from './common.ts';

const duration = z.string().max(20).meta({ description: 'A number with its unit, e.g. 90s, 15m, 6h, 1d.' });
const names = z.array(z.string().min(1).max(255)).max(1000);

/** A schedule as `vedette schedule apply` files write it. */
export const scheduleEntry = z
  .strictObject({
    kind: z.enum(['scan', 'purge']).default('scan'),
    cron: z.string().max(200).optional(),
    timeZone: z.string().max(64).optional(),
    every: duration.optional(),
    jitter: duration.optional(),
    overlap: z.enum(OVERLAP_POLICIES).optional(),
    catchUp: duration.optional(),
    all: z.boolean().optional(),
    accounts: names.optional(),
    /** One source, or several. */
    source: z.union([z.string().max(700), z.array(z.string().max(32)).min(1).max(20).readonly()]).optional(),
    concurrency: z.int().min(1).max(256).optional(),
    services: names.optional(),
    regions: names.optional(),
    depth: z.enum(SCAN_DEPTHS).optional(),
    framework: names.optional(),
    check: names.optional(),
    bucket: z.string().max(1100).optional().meta({
      description: 'A bucket that is looked through for sensitive data, with a prefix behind a slash.',
    }),
    detectors: z.array(z.string().max(64)).max(100).optional(),
    initial: z.boolean().optional(),
    olderThan: duration.optional(),
  })
  .meta({ id: 'ScheduleEntry' });
export type ScheduleEntry = z.input<typeof scheduleEntry>;

export const schedule = z
  .object({
    name: z.string(),
    entry: scheduleEntry,
    paused: z.boolean(),
    note: z.string().nullable(),
    createdAt: time,
    nextRunsAt: z.array(time).readonly(),
    recentRuns: z.array(z.object({ runId: z.string(), startedAt: time })).readonly(),
    running: z.array(z.string()).readonly(),
    skippedRuns: count,
    missedRuns: count,
  })
  .meta({ id: 'Schedule' });
export type Schedule = z.output<typeof schedule>;
export const scheduleList = z.object({ schedules: z.array(schedule) }).meta({ id: 'ScheduleList' });
export type ScheduleList = z.output<typeof scheduleList>;
export const scheduleParameter = z.object({ name: z.string().min(1).max(63) });
