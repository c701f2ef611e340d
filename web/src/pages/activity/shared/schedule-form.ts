import type { ScheduleEntry } from '../../../../../src/api/schemas/schedules.ts';
import { cronProblem } from '../../../../../src/model/cron.ts';
import type { ScanDepth } from '../../../../../src/model/depth.ts';
import { DURATION_EXAMPLES, parseDuration } from '../../../../../src/model/duration.ts';
import type { OverlapPolicy } from '../../../../../src/model/schedule.ts';
import { dayTimeOf, dayTimeText } from '../../../lib/schedule-times.ts';
import { words } from '../../../lib/words.ts';

/** A schedule as the form holds it: text as it is typed, until it is sent. */
export interface ScheduleForm {
  name: string;
  /** `bucket` is a scan too, of one bucket instead of accounts. */
  kind: 'scan' | 'bucket' | 'purge';
  /** `day-time` is a cron expression too, that the form shows as a day and a time. */
  timing: 'day-time' | 'cron' | 'every';
  cron: string;
  timeZone: string;
  every: string;
  jitter: string;
  overlap: OverlapPolicy;
  accounts: readonly string[] | 'all';
  /** An id; empty for the one that the server takes when none is named. */
  source: string;
  /** Null for as far as is set. */
  depth: ScanDepth | null;
  /** Ids; none for everything, whatever it bears on. */
  frameworks: readonly string[];
  services: string;
  regions: string;
  concurrency: string;
  olderThan: string;
  /** With a prefix behind a slash. */
  bucket: string;
  /** Ids; empty for the configured ones. */
  detectors: string;
}

const USUAL_CRON = '0 3 * * *';

/** The form of a schedule that exists, or of a new one. */
export function formOf(name: string, entry: ScheduleEntry): ScheduleForm {
  return {
    name,
    kind: entry.bucket === undefined ? (entry.kind ?? 'scan') : 'bucket',
    timing: timingOf(entry),
    cron: entry.cron ?? USUAL_CRON,
    timeZone: entry.timeZone ?? 'UTC',
    every: entry.every ?? '6h',
    jitter: entry.jitter ?? '0s',
    overlap: entry.overlap ?? 'skip',
    accounts: entry.accounts ?? 'all',
    source: sourcesText(entry) ?? '',
    depth: entry.depth ?? null,
    frameworks: entry.framework ?? [],
    services: (entry.services ?? []).join(' '),
    regions: (entry.regions ?? []).join(' '),
    concurrency: entry.concurrency === undefined ? '' : String(entry.concurrency),
    olderThan: entry.olderThan ?? '90d',
    bucket: entry.bucket ?? '',
    detectors: (entry.detectors ?? []).join(' '),
  };
}

function timingOf({ every, cron = USUAL_CRON }: ScheduleEntry): ScheduleForm['timing'] {
  if (every !== undefined) return 'every';
  return dayTimeOf(cron) === null ? 'cron' : 'day-time';
}

/** What the form does not show of the schedule that is changed (catch-up, initial, checks) stays as it was. */
export function entryOfForm(form: ScheduleForm, before: ScheduleEntry): ScheduleEntry {
  const { kind, timing, cron, timeZone, every, jitter, overlap } = form;
  const time = timing === 'every' ? { every } : { cron, timeZone };
  const kept = before.catchUp === undefined ? {} : { catchUp: before.catchUp };
  return {
    kind: kind === 'purge' ? kind : 'scan',
    ...time,
    jitter,
    overlap,
    ...kept,
    ...partOf(form, before),
  };
}

function partOf(form: ScheduleForm, before: ScheduleEntry): ScheduleEntry {
  if (form.kind === 'purge') return purgePart(form);
  return form.kind === 'bucket' ? bucketPart(form, before) : scanPart(form, before);
}

function bucketPart({ accounts, bucket, detectors }: ScheduleForm, before: ScheduleEntry): ScheduleEntry {
  return {
    accounts: accounts === 'all' ? [] : [...accounts],
    bucket: bucket.trim(),
    ...(words(detectors).length === 0 ? {} : { detectors: words(detectors) }),
    ...(before.initial === undefined ? {} : { initial: before.initial }),
  };
}

function scanPart(
  { accounts, source, depth, frameworks, services, regions, concurrency }: ScheduleForm,
  before: ScheduleEntry,
): ScheduleEntry {
  return {
    ...(accounts === 'all' ? { all: true } : { accounts: [...accounts] }),
    ...(source === '' ? {} : { source }),
    ...(depth === null ? {} : { depth }),
    ...(frameworks.length === 0 ? {} : { framework: [...frameworks] }),
    ...(before.check === undefined ? {} : { check: before.check }),
    ...(before.initial === undefined ? {} : { initial: before.initial }),
    ...(concurrency === '' ? {} : { concurrency: Number(concurrency) }),
    ...(words(services).length === 0 ? {} : { services: words(services) }),
    ...(words(regions).length === 0 ? {} : { regions: words(regions) }),
  };
}

function purgePart({ olderThan }: ScheduleForm): ScheduleEntry {
  return { olderThan };
}

/** What is wrong with each field, before the server is asked. */
export function problemsOf(form: ScheduleForm): Partial<Record<keyof ScheduleForm, string>> {
  const problems: Partial<Record<keyof ScheduleForm, string>> = {};
  const duration = (field: 'every' | 'jitter' | 'olderThan'): void => {
    if (parseDuration(form[field]) === null) problems[field] = `This is not ${DURATION_EXAMPLES}.`;
  };
  duration('jitter');
  if (form.timing === 'every') duration('every');
  const cron = form.timing === 'every' ? null : cronProblem(form.cron);
  if (cron !== null) problems.cron = `${cron.charAt(0).toUpperCase()}${cron.slice(1)}.`;
  if (form.kind === 'purge') duration('olderThan');
  else if (form.kind === 'bucket') {
    if (form.bucket.trim() === '') problems.bucket = 'Name a bucket.';
    if (form.accounts === 'all' || form.accounts.length !== 1)
      problems.accounts = 'Choose the account whose credentials read the bucket.';
  } else if (form.accounts.length === 0) problems.accounts = 'Choose at least one account.';
  return problems;
}

/** `Every day at 03:00 (Europe/Paris)`, `0 3 1 * * (UTC)`, `every 6h` */
export function timingText({ cron = '', timeZone, every }: ScheduleEntry): string {
  if (every !== undefined) return `every ${every}`;
  const dayTime = dayTimeOf(cron);
  return `${dayTime === null ? cron : dayTimeText(dayTime)} (${timeZone ?? 'UTC'})`;
}

/** The sources as one text, comma-separated, which the API takes too; null where the entry names none. */
export function sourcesText({ source }: ScheduleEntry): string | null {
  return source === undefined ? null : [source].flat().join(',');
}
