import { z } from 'zod';
import { CHANGES, MAPPINGS, REQUIREMENT_STATES } from '../../model/compliance.ts';
import { checkCounts } from './checks.ts';
import { accountId, accountName, count, many, time } from './common.ts';

const mapping = z.enum(MAPPINGS).meta({
  id: 'Mapping',
  description:
    'Whether somebody has published that a check bears on a requirement, or it is our own proposal.',
});
export const requirementState = z.enum(REQUIREMENT_STATES).meta({
  id: 'RequirementState',
  description:
    'Fails where any check fails, is unknown where any does not know or none was asked; manual where no check can tell.',
});

const score = z
  .object({
    /** Of those that pass, fail or are unknown, how many pass. */
    percent: z.number().min(0).max(100).nullable(),
    pass: count,
    fail: count,
    unknown: count,
    notApplicable: count,
    manual: count,
    /** Of those that pass, how many do so only because failures were accepted. */
    accepted: count,
    total: count,
  })
  .meta({ id: 'ComplianceScore' });
export type ComplianceScore = z.output<typeof score>;

export const complianceQuery = z.object({ account: many(accountId) });
export const frameworkParameter = z.object({ framework: z.string().min(1).max(64) });

const frameworkSummary = z
  .object({
    framework: z.string(),
    name: z.string(),
    version: z.string(),
    publisher: z.string(),
    note: z.string().nullable(),
    score,
    accounts: z.array(z.object({ accountId, accountName, score })).readonly(),
  })
  .meta({ id: 'FrameworkSummary' });

export const frameworkList = z
  .object({ frameworks: z.array(frameworkSummary).readonly() })
  .meta({ id: 'FrameworkList' });
export type FrameworkList = z.output<typeof frameworkList>;

const requirement = z
  .object({
    id: z.string(),
    title: z.string(),
    section: z.string(),
    remark: z.string().nullable().meta({ description: 'What the publisher adds to it.' }),
    state: requirementState,
    mapping: mapping
      .nullable()
      .meta({ description: '`own` where it rests on proposals alone; null where no check bears on it.' }),
    accepted: z.boolean().meta({ description: 'It passes only because failures were accepted.' }),
    checks: z
      .array(
        checkCounts.extend({
          checkId: z.string(),
          title: z.string(),
          service: z.string(),
          mapping,
          asked: z.boolean().meta({ description: 'Whether any scan has asked it.' }),
        }),
      )
      .readonly(),
    states: z.record(z.string(), requirementState).meta({ description: 'By account.' }),
    statesBefore: z
      .record(z.string(), requirementState)
      .meta({ description: 'The same after the scan before its last one, where that is kept.' }),
    change: z.enum(CHANGES).nullable().meta({
      description:
        'Since then: worse where any account fails it or cannot tell any more, better where only the opposite is so.',
    }),
    failingSince: time.nullable().meta({
      description: 'Of one that fails: the scan from which on some account has never been seen to pass it.',
    }),
  })
  .meta({ id: 'Requirement' });
export type Requirement = z.output<typeof requirement>;

export const frameworkStanding = frameworkSummary
  .extend({ source: z.string(), requirements: z.array(requirement).readonly() })
  .meta({ id: 'FrameworkStanding' });
export type FrameworkStanding = z.output<typeof frameworkStanding>;

export const scoreHistoryQuery = z.object({
  account: accountId.optional().meta({ description: 'Without it, of all accounts together.' }),
  days: z.coerce.number().int().min(1).max(730).default(90),
});
export const scoreHistory = z
  .object({
    points: z.array(score.extend({ scanId: z.int(), at: time })).readonly(),
  })
  .meta({ id: 'ScoreHistory' });
export type ScoreHistory = z.output<typeof scoreHistory>;
