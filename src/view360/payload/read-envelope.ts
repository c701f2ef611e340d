import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { JsonSkimmer } from '../../json/json-skimmer.ts';
import type { Choice } from '../../json/json-skimmer.ts';
import { textChunks } from '../../json/text-chunks.ts';
import { INTERVALS, SECTION_STATUSES } from '../../model/view360.ts';
import type { Interval } from '../../model/view360.ts';
import { lastDay, periodOf } from '../periods.ts';
import type { Envelope, SectionPlace } from './envelope.ts';
import { isKnownSection, leadsToRows } from './mapping.ts';
import { Rejected } from './rejected.ts';

/** Where a payload was found, which says what those of earlier versions do not say of themselves. */
export interface PayloadPlace {
  /** Key of the object, or path of the file. */
  name: string;
  /** Whether the place must tell the account: in a bucket, it is what the permissions of senders are about. */
  isBucket: boolean;
  /** ISO 8601. */
  lastModified: string;
  sizeBytes: number;
}

export const MAX_PAYLOAD_BYTES = 256 * 1024 * 1024;
/** Of what is read as a whole. */
const MAX_KEPT_BYTES = 32 * 1024 * 1024;
const WHOLE = new Set(['meta', 'account']);
/** What `present` goes down to: `security.iam.users`. */
const PRESENT_DEPTH = 3;
export const SECTIONS_OF_VERSION_2 = [
  'support_tickets',
  'ri_sp_savings',
  'compute_optimizer',
  'service_resources',
  'config_inventory',
];

const day = z.iso.date();
const status = z.enum(SECTION_STATUSES);
const regions = z.array(z.string().max(50));
const part = z.looseObject({ status, complete: z.boolean(), regions: regions.optional() });
const section = part.extend({
  regions: regions.default([]),
  parts: z.record(z.string(), part).optional(),
});

/** `meta` of version 3. */
export const metaSchema = z.looseObject({
  schema: z.literal('vedette.view360/3'),
  account_id: z.string().regex(/^\d{12}$/, 'expected 12 digits'),
  region: z.string().min(1).max(50),
  interval: z.enum(INTERVALS),
  period: z.object({ start: day, end: day }).refine(({ start, end }) => start < end, 'ends before it begins'),
  period_end: day,
  generated_at: z.iso.datetime({ offset: true }),
  collect_ms: z.number().nullish(),
  api_calls: z.number().nullish(),
  throttles: z.number().nullish(),
  sections: z.record(z.string(), section).default({}),
});

/** Of versions 1 and 2, which have no `meta`. */
export const accountSchema = z.looseObject({
  account_id: z
    .union([
      z.string(),
      z
        .int()
        .nonnegative()
        .transform((id) => String(id).padStart(12, '0')),
    ])
    .pipe(z.string().regex(/^\d{12}$/, 'expected 12 digits')),
  region: z.string().max(50).nullish(),
});

/**
 * Reads the whole file once: that it is JSON to its end, what it says of itself, and where its sections are.
 *
 * @throws Rejected
 */
export async function readEnvelope(
  handle: FileHandle,
  place: PayloadPlace,
  signal: AbortSignal,
): Promise<Envelope> {
  if (place.sizeBytes > MAX_PAYLOAD_BYTES)
    throw new Rejected('E_TOO_LARGE', `${place.sizeBytes} bytes are more than ${MAX_PAYLOAD_BYTES}`);
  const warnings: string[] = [];
  const { whole, sections, present, sha256 } = await survey(handle, place.sizeBytes, warnings, signal);
  const common = { sections, present, sha256, warnings };
  const envelope =
    whole['meta'] === undefined
      ? earlierEnvelope(whole, place, common)
      : currentEnvelope(whole, place, common);
  checkAccount(envelope.accountId, place);
  return envelope;
}

type Common = Pick<Envelope, 'sections' | 'present' | 'sha256' | 'warnings'>;
type Whole = Readonly<Record<string, unknown>>;

async function survey(handle: FileHandle, sizeBytes: number, warnings: string[], signal: AbortSignal) {
  const whole: Record<string, unknown> = {};
  const sections = new Map<string, SectionPlace>();
  const present = new Set<string>();
  const lists = new Set<string>();
  const hash = createHash('sha256');
  const skimmer = new JsonSkimmer(
    {
      choose(path): Choice {
        const [name = ''] = path;
        if (path.length <= PRESENT_DEPTH) present.add(path.join('.'));
        if (path[1] === '[]') lists.add(name);
        if (path.length === 1 && !isKnownSection(name)) {
          warnings.push(`section ${JSON.stringify(name)} is not known`);
          return 'skip';
        }
        return !WHOLE.has(name) && leadsToRows(path) ? 'inside' : 'keep';
      },
      value(path, value, range) {
        const [name = ''] = path;
        if (path.length > 1) {
          // Not there, though it is named.
          if (value === null) present.delete(path.join('.'));
          return;
        }
        whole[name] = value;
        if (value !== null) sections.set(name, { ...range, isList: false });
      },
      mostBytes: () => MAX_KEPT_BYTES,
      leave(path, range) {
        const [name] = path;
        if (name !== undefined && path.length === 1)
          sections.set(name, { ...range, isList: lists.has(name) });
      },
    },
    (problem, offset) => new Rejected('E_JSON', `the file ${problem} (byte ${offset})`),
  );
  const notUtf8 = (_text: Buffer, offset: number) =>
    new Rejected('E_JSON', `the file is not UTF-8 text (after byte ${offset})`);
  for await (const { text, offset } of textChunks(handle, { offset: 0, bytes: sizeBytes }, notUtf8)) {
    signal.throwIfAborted();
    hash.update(text);
    skimmer.write(offset === 0 && text.subarray(0, 3).equals(BYTE_ORDER_MARK) ? blanked(text) : text);
  }
  skimmer.end();
  return { whole, sections, present, sha256: hash.digest('hex') };
}

const BYTE_ORDER_MARK = Buffer.from('\ufeff');

function blanked(text: Buffer): Buffer {
  return text.fill(0x20, 0, BYTE_ORDER_MARK.length);
}

function currentEnvelope(whole: Whole, place: PayloadPlace, common: Common): Envelope {
  const meta = parsed(metaSchema, whole['meta'], 'meta');
  const named = fileDate(place.name);
  if (named !== undefined && (named.periodEnd !== meta.period_end || named.interval !== meta.interval))
    common.warnings.push(
      `its name says ${named.periodEnd} ${named.interval}, it says ${meta.period_end} ${meta.interval}`,
    );
  return {
    ...common,
    schema: meta.schema,
    accountId: meta.account_id,
    region: meta.region,
    interval: meta.interval,
    period: meta.period,
    periodEnd: meta.period_end,
    generatedAt: generatedAt(meta.generated_at),
    collectMs: meta.collect_ms ?? null,
    apiCalls: meta.api_calls ?? null,
    throttles: meta.throttles ?? null,
    account: recordOf(whole['account']),
    told: meta.sections,
  };
}

/**
 * What is older never replaces what is newer: a sender whose clock is years ahead would keep everything from being replaced
 * from then on.
 */
function generatedAt(told: string): string {
  const time = new Date(told);
  if (time.getTime() >= EARLIEST && time.getTime() <= Date.now() + CLOCKS_DIFFER_MS)
    return time.toISOString();
  throw new Rejected('E_SCHEMA', `meta.generated_at: ${told} is not when it can have been made`);
}
/** Before there was any account. */
const EARLIEST = Date.parse('2006-01-01T00:00:00Z');
const CLOCKS_DIFFER_MS = 86_400_000;

/** The place of an earlier payload says what its period is, and when it was made. */
function earlierEnvelope(whole: Whole, place: PayloadPlace, common: Common): Envelope {
  const account = parsed(accountSchema, whole['account'], 'account');
  const named = fileDate(place.name);
  if (named === undefined) {
    throw new Rejected(
      'E_SCHEMA',
      'it has no meta, and its name does not tell the period: expected 2025-09-15_DAILY.json',
    );
  }
  const isSecond = SECTIONS_OF_VERSION_2.some((name) => common.sections.has(name) || name in whole);
  const period = periodOf(named.interval, named.periodEnd);
  if (lastDay(period) !== named.periodEnd)
    common.warnings.push(`${named.periodEnd} does not end its period, which ends on ${lastDay(period)}`);
  return {
    ...common,
    schema: isSecond ? 'view360/2' : 'view360/1',
    accountId: account.account_id,
    region: placeOf(place.name)?.region ?? account.region ?? 'global',
    ...named,
    period,
    generatedAt: place.lastModified,
    collectMs: null,
    apiCalls: null,
    throttles: null,
    account: recordOf(whole['account']),
    told: {},
  };
}

/** `data/{account}/{file}` or `data/{account}/{region}/{file}`, anywhere in a path. */
export function placeOf(name: string): { accountId: string; region?: string } | undefined {
  const [, accountId, region] = /(?:^|\/)data\/(\d{12})\/(?:([a-z0-9-]+)\/)?[^/]+$/.exec(name) ?? [];
  if (accountId === undefined) return undefined;
  return { accountId, ...(region === undefined ? {} : { region }) };
}

function fileDate(name: string): { periodEnd: string; interval: Interval } | undefined {
  const [, date = '', word = ''] = /(\d{4}-\d{2}-\d{2})_([A-Za-z]+)\.json$/.exec(name) ?? [];
  const interval = INTERVALS.find((one) => one === word.toUpperCase());
  return interval === undefined || !day.safeParse(date).success ? undefined : { periodEnd: date, interval };
}

function checkAccount(accountId: string, { name, isBucket }: PayloadPlace): void {
  const place = placeOf(name);
  if (place === undefined && isBucket) {
    throw new Rejected('E_ACCOUNT_MISMATCH', `it lies at ${name}, not below data/${accountId}/`);
  }
  if (place !== undefined && place.accountId !== accountId) {
    throw new Rejected(
      'E_ACCOUNT_MISMATCH',
      `it lies below data/${place.accountId}/ and speaks of ${accountId}`,
    );
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown, name: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = [name, ...(issue?.path ?? [])].join('.');
  throw new Rejected('E_SCHEMA', value === undefined ? `it has no ${name}` : `${path}: ${issue?.message}`);
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
