import { z } from 'zod';
import type { EventGroup as CountedGroup } from '../../model/event-overview.ts';
import { EVENT_SORTS, EVENT_STATUSES } from '../../model/event.ts';
import type { DatedEvent } from '../../model/event.ts';
import type { EventTimeFilter } from '../../model/filters.ts';
import { DEFAULT_SUPPRESSION_DAYS, SUPPRESSION_KINDS } from '../../model/suppression.ts';
import type { ListedSuppression, Suppression } from '../../model/suppression.ts';
import { accountId, accountName, count, level, many, nextCursor, pageParameters, time } from './common.ts';

export type { Suppression };

const name = z.string().min(1).max(255);
const resourceText = z.string().min(1).max(2048);
export const eventStatus = z.enum(EVENT_STATUSES).meta({ id: 'EventStatus' });

const suppressionKind = z.enum(SUPPRESSION_KINDS).meta({ id: 'SuppressionKind' });
const rulePart = z.string().trim().min(1);
const suppressionRule = z
  .strictObject({
    checkId: rulePart.max(255).nullable().default(null),
    accountId: rulePart.max(64).nullable().default(null),
    tag: rulePart.max(512).nullable().default(null).meta({
      description: '`key=value` of a tag; `*` in the value stands for anything, a key alone for any value.',
    }),
    resource: rulePart
      .max(1024)
      .nullable()
      .default(null)
      .meta({ description: "The resource's id or name, where `*` stands for anything." }),
  })
  .meta({ id: 'SuppressionRule', description: 'All that is said has to be met.' });

export const suppression = z
  .object({
    id: z.int(),
    kind: suppressionKind,
    reason: z.string(),
    owner: z.string().nullable(),
    /** Null: until somebody ends it. */
    expiresAt: time.nullable(),
    createdAt: time,
    createdBy: z.string(),
    rule: suppressionRule.nullable().meta({ description: 'Null for events that were chosen one by one.' }),
  })
  .meta({ id: 'Suppression' }) satisfies z.ZodType<Suppression>;

export const listedSuppression = suppression
  .extend({ events: count })
  .meta({ id: 'ListedSuppression' }) satisfies z.ZodType<ListedSuppression>;
export const suppressionList = z
  .object({ suppressions: z.array(listedSuppression) })
  .meta({ id: 'SuppressionList' });
export type SuppressionList = z.output<typeof suppressionList>;
export const suppressionQuery = z.strictObject({
  endingBefore: time.optional().meta({ description: 'Only those that end before then.' }),
});

export const event = z
  .object({
    id: z.int(),
    organizationId: z.string(),
    accountId,
    accountName,
    source: z.string(),
    service: z.string(),
    checkId: z.string(),
    level,
    status: eventStatus,
    resourceId: z.string(),
    resourceName: z.string().nullable(),
    resourceType: z.string(),
    region: z.string().nullable(),
    firstSeen: time,
    lastSeen: time,
    resolvedAt: time.nullable(),
    reopenedAt: time.nullable(),
    notified: z.boolean(),
    itemPath: z.string(),
    dueAt: time
      .nullable()
      .meta({ description: 'When it is to be mended by; null where nobody waits for it.' }),
  })
  .meta({
    id: 'Event',
    description: 'One resource failing one check, followed through time.',
  }) satisfies z.ZodType<DatedEvent>;
export type Event = z.output<typeof event>;

export const historyEntry = z
  .object({
    at: time,
    kind: z.enum(['new', 'seen', 'resolved', 'reopened', 'suppressed', 'unsuppressed']),
    scanId: z.int().nullable(),
    by: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'EventHistoryEntry' });
export type HistoryEntry = z.output<typeof historyEntry>;

export const eventWithDetails = event
  .extend({
    timesReopened: count,
    eventHash: z.string(),
    details: z.record(z.string(), z.unknown()),
    finding: z
      .object({
        title: z.string(),
        rationale: z.string().nullable(),
        remediation: z.string().nullable(),
        references: z.array(z.string()).readonly(),
      })
      .nullable(),
    suppression: suppression.nullable(),
    history: z.array(historyEntry).readonly(),
  })
  .meta({ id: 'EventWithDetails' });
export type EventWithDetails = z.output<typeof eventWithDetails>;

/** When something happened to an event: then or later, or before then. */
const eventTimes = {
  since: time.optional().meta({ description: 'Seen then or later.' }),
  newSince: time.optional().meta({ description: 'First seen then or later.' }),
  newUntil: time.optional().meta({ description: 'First seen before then.' }),
  resolvedSince: time.optional().meta({ description: 'Resolved then or later, and not reopened.' }),
  resolvedUntil: time.optional().meta({ description: 'Resolved before then, and not reopened.' }),
  reopenedSince: time.optional().meta({ description: 'Last reopened then or later.' }),
  reopenedUntil: time.optional().meta({ description: 'Last reopened before then.' }),
  dueUntil: time.optional().meta({ description: 'Active, and to be mended before then.' }),
} satisfies Record<EventTimeFilter, z.ZodType>;

/** What events are asked for, as query parameters. */
export const eventFilterQuery = z.object({
  account: many(accountId),
  level: many(level),
  status: many(eventStatus),
  service: many(name),
  /** Empty for what has no region. */
  region: many(z.string().max(64)),
  source: many(name),
  check: many(name),
  resource: resourceText.optional().meta({ description: "Exactly the resource's id or name." }),
  search: resourceText.optional().meta({
    description:
      "A part of a resource's id, name or tags (env=prod), or of a check's id or title, in large or small letters.",
  }),
  ...eventTimes,
});
export type EventFilterQuery = z.output<typeof eventFilterQuery>;

export const eventListQuery = eventFilterQuery.extend({
  ...pageParameters,
  sort: z.enum(EVENT_SORTS).default('newest'),
});
export const eventList = z.object({ events: z.array(event), nextCursor }).meta({ id: 'EventList' });
export type EventList = z.output<typeof eventList>;

const facet = z.array(z.object({ value: z.string(), events: count })).readonly();
export const eventFacets = z
  .object({
    /** False where a filter is set that the counts do not know: search, resource, times. */
    exact: z.boolean(),
    total: count,
    level: facet,
    status: facet,
    service: facet,
    account: z.array(z.object({ value: z.string(), name: accountName, events: count })).readonly(),
    source: facet,
    region: facet,
    check: facet,
  })
  .meta({ id: 'EventFacets' });
export type EventFacets = z.output<typeof eventFacets>;

export const eventGroupQuery = eventFilterQuery.extend({
  ...pageParameters,
  by: z.enum(['check', 'resource']),
});
export const eventGroup = z
  .object({
    /** The check's id, or the resource's. */
    key: z.string(),
    /** Whose resource it is; null for a check. */
    accountId: accountId.nullable(),
    accountName,
    title: z.string().nullable(),
    service: z.string(),
    resourceType: z.string().nullable(),
    /** The worst of its events. */
    level,
    accounts: count,
    active: count,
    suppressed: count,
    resolved: count,
  })
  .meta({ id: 'EventGroup' }) satisfies z.ZodType<CountedGroup>;
export type EventGroup = z.output<typeof eventGroup>;
export const eventGroupList = z
  .object({ groups: z.array(eventGroup), nextCursor })
  .meta({ id: 'EventGroupList' });
export type EventGroupList = z.output<typeof eventGroupList>;

/** The same filter in a body, where lists are lists. */
export const eventFilterBody = z.strictObject({
  account: z.array(accountId).min(1).max(500).optional(),
  level: z.array(level).min(1).optional(),
  status: z.array(eventStatus).min(1).optional(),
  service: z.array(name).min(1).max(100).optional(),
  region: z.array(z.string().max(64)).min(1).max(100).optional(),
  source: z.array(name).min(1).max(100).optional(),
  check: z.array(name).min(1).max(100).optional(),
  resource: resourceText.optional(),
  search: resourceText.optional(),
  ...eventTimes,
});

const ids = z.array(z.int().positive()).min(1).max(1000);
/** Either events by id, or all that a filter meets. */
const targets = z.union([z.strictObject({ ids }), z.strictObject({ filter: eventFilterBody })]);

const suppressionReason = z.string().trim().min(3).max(500);
const suppressionOwner = z.string().trim().min(1).max(100);
const suppressionEnd = time.nullable().optional();
const whySuppressed = {
  kind: suppressionKind.default('accepted-risk'),
  reason: suppressionReason,
  owner: suppressionOwner,
  expiresAt: suppressionEnd.meta({
    description: `Left out: in ${DEFAULT_SUPPRESSION_DAYS} days; null: when somebody ends it.`,
  }),
};

export const suppressionRuleRequest = z
  .strictObject({ rule: suppressionRule, ...whySuppressed })
  .meta({ id: 'SuppressionRuleRequest' });
export type SuppressionRuleRequest = z.input<typeof suppressionRuleRequest>;
export const suppressionChange = z
  .strictObject({
    kind: suppressionKind.optional(),
    reason: suppressionReason.optional(),
    owner: suppressionOwner.optional(),
    expiresAt: suppressionEnd.meta({ description: 'Null: when somebody ends it.' }),
  })
  .meta({ id: 'SuppressionChange' });

export const suppressRequest = z
  .strictObject({
    targets,
    ...whySuppressed,
  })
  .meta({ id: 'SuppressRequest' });
export type SuppressRequest = z.input<typeof suppressRequest>;
export const unsuppressRequest = z.strictObject({ targets }).meta({ id: 'UnsuppressRequest' });
export type UnsuppressRequest = z.output<typeof unsuppressRequest>;
export const suppressResult = z
  .object({ suppressionId: z.int().nullable(), events: count })
  .meta({ id: 'SuppressResult', description: 'How many events changed their status.' });
export type SuppressResult = z.output<typeof suppressResult>;

export const exportQuery = eventFilterQuery.extend({
  format: z.enum(['csv', 'report', 'jsonl', 'ocsf', 'asff']).default('csv'),
});
