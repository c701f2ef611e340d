import { durationText } from './duration.ts';
import type { DataOptions } from './object-ledger.ts';
import type { ScanRunInput } from './pipeline.ts';
import type { PurgeInput } from './purge.ts';

/** What happens when a run is due while the one before is still under way. */
export const OVERLAP_POLICIES = ['skip', 'buffer-one', 'buffer-all', 'cancel-other', 'allow-all'] as const;
export type OverlapPolicy = (typeof OVERLAP_POLICIES)[number];

export type ScheduleTiming =
  | { cron: string; /** IANA name. */ timeZone: string }
  | { /** Counted from 1970, so that `6h` means 00:00, 06:00, 12:00 and 18:00 UTC. */ everyMs: number };

export type ScheduledWork = ({ kind: 'scan' } & ScanRunInput) | ({ kind: 'purge' } & PurgeInput);

export interface ScheduleDefinition {
  name: string;
  timing: ScheduleTiming;
  /** A run begins up to so much later. */
  jitterMs: number;
  overlap: OverlapPolicy;
  /** Runs that were missed are made up for when they are no later than this. */
  catchUpMs: number;
  work: ScheduledWork;
}

/** A definition as files and people write it; what is left out there has its default here. */
export type ScheduleFields = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export function entryOf({ timing, jitterMs, overlap, catchUpMs, work }: ScheduleDefinition): ScheduleFields {
  return {
    kind: work.kind,
    ...('cron' in timing ? timing : { every: durationText(timing.everyMs) }),
    jitter: durationText(jitterMs),
    overlap,
    catchUp: durationText(catchUpMs),
    ...workEntry(work),
  };
}

function workEntry(work: ScheduledWork): ScheduleFields {
  if (work.kind === 'purge') return { olderThan: durationText(work.olderThanMs) };
  const { selection, sources, concurrency, options } = work;
  return {
    ...('all' in selection ? { all: true } : { accounts: selection.accounts.map(({ name }) => name) }),
    // A single one reads as it always did.
    source: sources.length === 1 ? (sources[0] ?? '') : sources,
    concurrency,
    ...(options.services.length === 0 ? {} : { services: options.services }),
    ...(options.regions.length === 0 ? {} : { regions: options.regions }),
    ...(options.depth === undefined ? {} : { depth: options.depth }),
    ...(options.frameworks === undefined ? {} : { framework: options.frameworks }),
    ...(options.checks === undefined ? {} : { check: options.checks }),
    ...(options.data === undefined ? {} : dataEntry(options.data)),
    initial: options.initial,
  };
}

function dataEntry({ bucket, prefix, detectors }: DataOptions): ScheduleFields {
  const place = prefix === '' ? bucket : `${bucket}/${prefix}`;
  return { bucket: place, ...(detectors.length === 0 ? {} : { detectors }) };
}

/** One line of a definition that differs; null where one side has no such line. */
export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

/** `extra`: it exists, and nobody asked for it. */
export interface ScheduleChange {
  name: string;
  change: 'create' | 'update' | 'unchanged' | 'extra';
  fields: readonly FieldChange[];
}

/** What has to change so that `existing` becomes `wanted`; one of them may be missing. */
export function compareSchedule(
  wanted: ScheduleDefinition | undefined,
  existing: ScheduleDefinition | undefined,
): ScheduleChange {
  const name = wanted?.name ?? existing?.name ?? '';
  const after: ScheduleFields = wanted === undefined ? {} : entryOf(wanted);
  const before: ScheduleFields = existing === undefined ? {} : entryOf(existing);
  if (wanted === undefined) return { name, change: 'extra', fields: [] };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const fields = names
    .map((field) => ({ field, before: textOf(before[field]), after: textOf(after[field]) }))
    .filter((change) => change.before !== change.after);
  if (existing === undefined) return { name, change: 'create', fields };
  return { name, change: fields.length === 0 ? 'unchanged' : 'update', fields };
}

/** Everything that differs between a list of definitions and those that exist, by name. */
export function compareSchedules(
  wanted: readonly ScheduleDefinition[],
  existing: readonly ScheduleDefinition[],
): ScheduleChange[] {
  const names = [...new Set([...wanted, ...existing].map(({ name }) => name))].toSorted();
  const named = (list: readonly ScheduleDefinition[], name: string) =>
    list.find((definition) => definition.name === name);
  return names.map((name) => compareSchedule(named(wanted, name), named(existing, name)));
}

function textOf(value: ScheduleFields[string] | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === 'object' ? value.join(', ') : String(value);
}
