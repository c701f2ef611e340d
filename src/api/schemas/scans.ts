import { z } from 'zod';
import { SCAN_DEPTHS } from '../../model/depth.ts';
import type { Finding } from '../../model/finding.ts';
import { ScanStatus } from '../../model/scan.ts';
import { UnverifiedReason } from '../../model/scope.ts';
import { accountId, count, failureReport, level, many, nextCursor, pageParameters, time } from './common.ts';

export type { Finding };

const eventCounts = z.object({
  total: count,
  new: count,
  still: count,
  resolved: count,
  reopened: count,
  unverified: count,
});

/** What storing a scan came to, as `vedette import -o json` prints it. */
export const scanOutcome = z
  .object({
    scanId: z.int().nullable(),
    organizationId: z.string(),
    accountId,
    source: z.string(),
    scanTime: time,
    version: z.string(),
    status: z.enum([...Object.values(ScanStatus), 'duplicate', 'failed']),
    findings: z.object({ total: count, flagged: count }),
    events: eventCounts,
    notified: count,
    warnings: z.array(z.string()).readonly(),
    durationMs: count,
    error: failureReport.exactOptional(),
  })
  .meta({ id: 'ScanOutcome' });

export const scan = scanOutcome
  .omit({ error: true })
  .extend({
    scanId: z.int(),
    status: z.enum(Object.values(ScanStatus)),
    runId: z.string().nullable(),
    profile: z.string().nullable(),
    createdAt: time,
    completedAt: time.nullable(),
    unverifiedReasons: z.record(z.string(), count),
  })
  .meta({ id: 'Scan' });
export type Scan = z.output<typeof scan>;

const name = z.string().optional();
/** A part of an account; what is left out means any. */
export const place = z
  .object({
    service: name,
    region: name,
    checkId: name,
    resourceType: name,
    resourceId: name,
    resourcePrefix: name,
  })
  .meta({ id: 'Place' });
/** A place that a scan could not see: what is missing there may still be there. */
export const unseenPlace = place
  .extend({
    reason: z.enum(Object.values(UnverifiedReason)),
    /** What the scanner said. */
    detail: z.string().optional(),
  })
  .meta({ id: 'UnseenPlace' });
export type UnseenPlace = z.output<typeof unseenPlace>;

/** Where the scan looked, and what it could not see there. */
export const scanScope = z
  .object({
    services: z
      .array(
        z.object({
          service: z.string(),
          regions: z.array(z.string()).readonly().nullable(),
          resources: count,
          fetchErrors: count,
        }),
      )
      .readonly(),
    requested: z.object({
      services: z.array(z.string()).readonly(),
      skippedServices: z.array(z.string()).readonly(),
      regions: z.array(z.string()).readonly(),
      excludedRegions: z.array(z.string()).readonly(),
    }),
    asked: z
      .object({
        depth: z.enum(SCAN_DEPTHS).nullable(),
        frameworks: z.array(z.string()).readonly(),
        checks: z.array(z.string()).readonly(),
        isAll: z.boolean(),
      })
      .optional()
      .meta({ description: 'Of a source with a catalogue of checks: which of them were asked.' }),
    /** Of a scan of parts of the account. */
    only: z.array(place).readonly().optional(),
    unseen: z.array(unseenPlace).readonly(),
    /** Checks among the unseen places that were evaluated nowhere. */
    unevaluatedChecks: z.array(z.object({ service: z.string(), checkId: z.string() })).readonly(),
  })
  .meta({ id: 'ScanScope' });

export const scanWithScope = scan.extend({ scope: scanScope }).meta({ id: 'ScanWithScope' });
export type ScanWithScope = z.output<typeof scanWithScope>;

export const scanListQuery = z.object({
  ...pageParameters,
  account: many(accountId),
  source: many(z.string().max(32)),
  run: z.string().max(255).optional(),
  since: time.optional(),
});
export const scanList = z.object({ scans: z.array(scan), nextCursor }).meta({ id: 'ScanList' });
export type ScanList = z.output<typeof scanList>;

export const finding = z
  .object({
    id: z.int(),
    scanId: z.int(),
    organizationId: z.string(),
    accountId,
    source: z.string(),
    scanTime: time,
    service: z.string(),
    checkId: z.string(),
    level,
    sourceLevel: z.string(),
    title: z.string(),
    rationale: z.string().nullable(),
    remediation: z.string().nullable(),
    references: z.array(z.string()).readonly(),
    compliance: z
      .array(z.object({ name: z.string(), version: z.string(), reference: z.string() }))
      .readonly(),
    flaggedItems: count,
    /** Those of which the check could not tell, beside the checked ones. */
    unknownItems: count,
    checkedItems: count,
    /** False when the check crashed: its counts say nothing. */
    evaluated: z.boolean(),
  })
  .meta({ id: 'Finding' }) satisfies z.ZodType<Finding>;

export const findingListQuery = z.object({
  ...pageParameters,
  scan: z.coerce.number().int().positive().optional(),
  account: many(accountId),
  source: many(z.string().max(32)),
  service: many(z.string().max(64)),
  check: many(z.string().max(255)),
  level: many(level),
  flagged: z.enum(['true', 'false']).optional(),
});
export const findingList = z.object({ findings: z.array(finding), nextCursor }).meta({ id: 'FindingList' });
export type FindingList = z.output<typeof findingList>;

export const withdrawRequest = z
  .strictObject({ reason: z.string().trim().min(3).max(500) })
  .meta({ id: 'WithdrawRequest' });
export const withdrawnScan = z
  .object({
    scanId: z.int(),
    accountId,
    source: z.string(),
    scanTime: time,
    events: z.object({ removed: count, changed: count, active: count }),
    setAside: z.array(z.int()).readonly(),
  })
  .meta({ id: 'WithdrawnScan' });
