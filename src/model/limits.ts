import type { AccountProgress, ScanRunInput } from './pipeline.ts';
import type { PurgeResult } from './purge.ts';
import type { AccountFailure, AccountOutcome } from './run.ts';
import type { ScanOutcome } from './scan.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * The most that Temporal is given to carry. It takes 2 MiB for a value, 4 MiB for a message, 50 MiB and 51,200 events for
 * a history; what is larger is refused, or tried again for ever. So nothing that grows with what a scanner prints, or with
 * the number of accounts, is carried as it comes. All but the counts are bytes of JSON in UTF-8.
 */
export const LIMITS = {
  /** Scans of a run, each of one account with one source: some nine events of its history each. */
  scansOfRun: 3000,
  /** Scans that are begun in one message, and so at a time. */
  scansAtATime: 500,
  /** Name of a target; a file system takes no longer one either. */
  name: 255,
  /** Services and regions of a run, of which every scan has a copy. */
  options: 4 * KIB,
  /** What a run is started with. */
  runInput: 1.25 * MIB,
  /** What a run's history has of one scan: its outcome, or why it failed. */
  scan: 4 * KIB,
  /** All outcomes of a run: its result, and what its summary is made of. */
  run: 1.75 * MIB,
  /** The answer to how far a run is. */
  progress: 1.25 * MIB,
  /** Why a step failed; the history of its own scan has it. */
  failure: 64 * KIB,
  /** What a step returns, or keeps for another attempt. */
  step: MIB,
  /** One line of a scanner. */
  line: 4 * KIB,
  /** Of a workflow or a step, for Temporal's UI. */
  summary: 400,
  details: 64 * KIB,
} as const;

const SHORTENED = ' … (shortened)';
const EARLIER_LINES = '… (lines before these are left out)';

/** Bytes of `value` as JSON in UTF-8, without the quotes of a text. */
export function jsonBytes(value: string | object): number {
  const json = JSON.stringify(value);
  let bytes = typeof value === 'string' ? -2 : 0;
  for (const character of json) bytes += utf8Bytes(character);
  return bytes;
}

/** The text, or as much of its beginning as fits with a word that says so. */
export function shortened(text: string, limit: number): string {
  const room = limit - jsonBytes(SHORTENED);
  let bytes = 0;
  let kept = 0;
  let length = 0;
  for (const character of text) {
    bytes += jsonBytes(character);
    if (bytes > limit) return room < 0 ? '' : text.slice(0, kept) + SHORTENED;
    length += character.length;
    if (bytes <= room) kept = length;
  }
  return text;
}

/** The failure in at most `limit` bytes: whole in what to do where that is short, then the message, then the last lines. */
export function boundedFailure(failure: AccountFailure, limit: number): AccountFailure {
  if (jsonBytes(failure) <= limit) return failure;
  const { lastLines, ...rest } = failure;
  const lines = lastLines === undefined ? {} : { lastLines: [] };
  const room = limit - jsonBytes({ ...rest, message: '', remedy: '', ...lines });
  const remedy = shortened(failure.remedy, Math.floor(room / 3));
  const message = shortened(failure.message, Math.floor((room - jsonBytes(remedy)) / (lastLines ? 2 : 1)));
  const bounded = { ...rest, message, remedy };
  if (lastLines === undefined) return bounded;
  const forLines = room - jsonBytes(remedy) - jsonBytes(message);
  const kept = fitting(lastLines.toReversed(), forLines, EARLIER_LINES);
  return { ...bounded, lastLines: kept.toReversed() };
}

/** The outcome of a scan in at most `limit` bytes; the database has all of its warnings. */
export function boundedScan(scan: ScanOutcome, limit: number): ScanOutcome {
  if (jsonBytes(scan) <= limit) return scan;
  const room = limit - jsonBytes({ ...scan, warnings: [] });
  const warnings = fitting(scan.warnings, room, `… (more of them: vedette scan show ${scan.scanId})`);
  return { ...scan, warnings };
}

/** What a run keeps of one of `scans` scans: each has its share, however many there are. */
export function boundedOutcome(outcome: AccountOutcome, scans: number): AccountOutcome {
  const limit = Math.min(LIMITS.scan, Math.floor(LIMITS.run / scans));
  if (jsonBytes(outcome) <= limit) return outcome;
  const { error, scan } = outcome;
  // Both are null otherwise, which takes four bytes.
  const room = limit - jsonBytes({ ...outcome, error: null, scan: null }) + 'null'.length;
  const bounded = scan && boundedScan(scan, room);
  return {
    ...outcome,
    error: error && boundedFailure(error, room),
    scan: bounded && jsonBytes(bounded) <= room ? bounded : null,
  };
}

/** One line of the progress of a run of `scans` scans. */
export function boundedProgress(line: AccountProgress, scans: number): AccountProgress {
  const limit = Math.min(LIMITS.scan, Math.floor(LIMITS.progress / scans));
  if (!line.failure || jsonBytes(line) <= limit) return line;
  const room = limit - jsonBytes({ ...line, failure: { message: '', remedy: '' } });
  const message = shortened(line.failure.message, Math.floor((room * 2) / 3));
  return { ...line, failure: { message, remedy: shortened(line.failure.remedy, room - jsonBytes(message)) } };
}

/** What was purged, with as many of its accounts as fit; the sums are those of all. */
export function boundedPurge(result: PurgeResult, limit: number): PurgeResult {
  let room = limit - jsonBytes({ ...result, accounts: [] });
  const accounts = result.accounts.filter((account) => (room -= jsonBytes(account) + ','.length) >= 0);
  return { ...result, accounts };
}

/** Why a run cannot be carried, or null: too many scans, or too long an input. */
export function excessOf({ sources, selection, options }: ScanRunInput): string | null {
  const limits = { ...options };
  if (jsonBytes(limits) > LIMITS.options)
    return `The names of services and regions are too long: ${LIMITS.options} bytes are the most.`;
  if ('all' in selection) return null;
  const scans = selection.accounts.reduce((sum, account) => sum + (account.sources ?? sources).length, 0);
  if (scans > LIMITS.scansOfRun)
    return `A run has ${LIMITS.scansOfRun} scans at the most; these accounts and sources make ${scans}.`;
  if (jsonBytes(selection) > LIMITS.runInput)
    return `The names of the accounts are too long: ${LIMITS.runInput} bytes are the most.`;
  return null;
}

export const EXCESS_REMEDY = 'Divide it into several runs.';

/** The first texts that fit as a list, the first of all perhaps shortened, and one that tells of those left out. */
function fitting(texts: readonly string[], limit: number, others: string): string[] {
  const separator = '"",'.length;
  const reserved = jsonBytes(others) + separator;
  const kept: string[] = [];
  let room = limit - reserved;
  for (const text of texts) {
    const fits = kept.length === 0 ? shortened(text, room - separator) : text;
    room -= jsonBytes(fits) + separator;
    if (room < 0 || fits === '') break;
    kept.push(fits);
  }
  return kept.length === texts.length || reserved > limit ? kept : [...kept, others];
}

function utf8Bytes(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
