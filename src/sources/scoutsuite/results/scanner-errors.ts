import { basename } from 'node:path';
import type { ServiceScope, UnseenPlace } from '../../../model/scope.ts';
import { UnverifiedReason } from '../../../model/scope.ts';
import { openFileOfFolder } from '../../../regular-file.ts';
import { companionsOf } from './companions.ts';
import type { ResultsIdentity } from './companions.ts';
import { isRuleEvaluation, messageOf, readFailure } from './fetch-failure.ts';
import type { FetchFailure, KnownKinds } from './fetch-failure.ts';
import { hiddenPlaces } from './hidden-places.ts';
import type { CheckPath } from './hidden-places.ts';

/** What the scanner's own log of errors says of the services in scope. */
export interface ScannerErrors {
  /** How many errors there were while fetching a service. */
  fetchErrors: ReadonlyMap<string, number>;
  /** What they hide: what is missing there may still be there. */
  unseen: readonly UnseenPlace[];
  /** Sentences for people. */
  warnings: readonly string[];
}

const NO_ERRORS: ScannerErrors = { fetchErrors: new Map(), unseen: [], warnings: [] };

/** A list that is older than the scan is of an earlier one; the clocks of scanner and disk need not be the same. */
const CLOCK_TOLERANCE_MS = 60_000;
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const STALE = 'is older than the scan';
const MAX_QUOTED = 160;

export interface ErrorsInput {
  results: ResultsIdentity;
  /** When the scan began, ISO 8601. */
  scanTime: string;
  /** Services that the scan covered. */
  services: readonly ServiceScope[];
  checks: readonly CheckPath[];
  known: KnownKinds;
  signal: AbortSignal;
}

/** What the lists of errors beside the results hold. */
interface Logged {
  errors: readonly unknown[];
  /** Why a list of this scan cannot be read. */
  unreadable: string | null;
  warnings: readonly string[];
}

/**
 * Reads `scoutsuite_errors_<name>.json` beside the results; there is none when all went well. What is not used is told
 * in a warning. Where it cannot be told which of several lists is the scan's, all are heeded: too much is not taken as
 * fixed then, but nothing that is not.
 */
export async function readScannerErrors(input: ErrorsInput): Promise<ScannerErrors> {
  const { errors, unreadable, warnings } = await readErrors(input);
  const told = unreadable === null ? attribute(errors, input) : blockEverything(input.services, unreadable);
  return { ...told, warnings: [...warnings, ...told.warnings] };
}

async function readErrors({ results, scanTime, signal }: ErrorsInput): Promise<Logged> {
  const errors: unknown[] = [];
  const warnings: string[] = [];
  const guessed: string[] = [];
  let unreadable: string | null = null;
  for (const { file, isOwn } of await companionsOf('errors', results)) {
    const name = basename(file);
    const content = await readList(file, Date.parse(scanTime), signal);
    if (content === STALE) {
      warnings.push(`${name} is older than this scan, and so of an earlier one: it is not used.`);
    } else if (typeof content === 'string') {
      unreadable = `${name} ${content}`;
    } else {
      errors.push(...content);
      if (!isOwn) guessed.push(name);
    }
  }
  if (guessed.length > 0) {
    warnings.push(
      `${guessed.join(', ')}, named after results that are not here, counts as being of this scan.`,
    );
  }
  return { errors, unreadable, warnings };
}

/** The list; or `STALE`; or why it cannot be read, without a word of what is in it: who knows whose file it is. */
async function readList(
  file: string,
  scanTimeMs: number,
  signal: AbortSignal,
): Promise<readonly unknown[] | string> {
  const opened = await openFileOfFolder(file).catch((error: unknown) => ({
    problem: `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
  }));
  if ('problem' in opened) return opened.problem;
  const { handle, facts } = opened;
  try {
    if (facts.mtimeMs + CLOCK_TOLERANCE_MS < scanTimeMs) return STALE;
    if (facts.size > MAX_FILE_BYTES) return `is larger than ${MAX_FILE_BYTES} bytes`;
    const content: unknown = JSON.parse(await handle.readFile({ encoding: 'utf8', signal }));
    return Array.isArray(content) ? content : 'does not hold a list of errors';
  } catch {
    signal.throwIfAborted();
    return 'is not valid JSON';
  } finally {
    await handle.close();
  }
}

function blockEverything(services: readonly ServiceScope[], reason: string): ScannerErrors {
  return {
    fetchErrors: new Map(services.map(({ service }) => [service, 1])),
    unseen: [{ reason: UnverifiedReason.FetchError, detail: reason }],
    warnings: [`${reason}: nothing that is missing from this scan is taken as fixed.`],
  };
}

/** Counts the errors by service; one that names no service counts for every service in scope. */
function attribute(errors: readonly unknown[], input: ErrorsInput): ScannerErrors {
  if (errors.length === 0) return NO_ERRORS;
  const ofFetching = errors.filter((error) => !isRuleEvaluation(error));
  const failures = ofFetching.map((error) => ({ error, failure: readFailure(error, input.known) }));
  const byService = new Map<string, unknown[]>();
  for (const { error, failure } of failures) {
    for (const service of failure.services) {
      const ofService = byService.get(service);
      if (ofService === undefined) byService.set(service, [error]);
      else ofService.push(error);
    }
  }
  const unattributed = failures
    .filter(({ failure }) => failure.services.length === 0)
    .map(({ error }) => error);

  const names = input.services.map(({ service }) => service);
  const covered = names.filter((service) => byService.has(service));
  if (byService.size > 0 && covered.length === 0) {
    return {
      ...NO_ERRORS,
      warnings: ['The errors beside the results are of other services than this scan: they are not used.'],
    };
  }
  const fetchErrors = new Map(
    names.map((service) => [service, (byService.get(service)?.length ?? 0) + unattributed.length]),
  );
  const warnings = covered.map((service) => serviceWarning(service, byService.get(service) ?? []));
  if (unattributed.length > 0) warnings.push(unattributedWarning(unattributed));
  const evaluating = errors.length - ofFetching.length;
  if (evaluating > 0) warnings.push(`The scanner logged ${counted(evaluating)} while evaluating its rules.`);
  return { fetchErrors, unseen: unseenPlaces(failures, input), warnings };
}

/** Each place once, with the first error that hides it. */
function unseenPlaces(
  failures: readonly { error: unknown; failure: FetchFailure }[],
  { services, checks }: ErrorsInput,
): UnseenPlace[] {
  const first = new Map<string, { error: unknown; failure: FetchFailure }>();
  for (const entry of failures) {
    const key = JSON.stringify(entry.failure);
    if (!first.has(key)) first.set(key, entry);
  }
  const places = new Map<string, UnseenPlace>();
  for (const { error, failure } of first.values()) {
    const detail = onOneLine(messageOf(error));
    for (const place of hiddenPlaces(failure, services, checks)) {
      const key = JSON.stringify(place);
      if (!places.has(key)) places.set(key, { ...place, reason: UnverifiedReason.FetchError, detail });
    }
  }
  return [...places.values()];
}

function serviceWarning(service: string, errors: readonly unknown[]): string {
  const logged = `The scanner logged ${counted(errors.length)} while fetching ${service}`;
  return `${logged}; what that may hide is not taken as fixed. ${quote(errors[0])}`;
}

function unattributedWarning(errors: readonly unknown[]): string {
  const logged = `The scanner logged ${counted(errors.length)} that name${errors.length === 1 ? 's' : ''} no service`;
  return `${logged}; nothing that is missing from this scan is taken as fixed. ${quote(errors[0])}`;
}

function counted(errors: number): string {
  return errors === 1 ? '1 error' : `${errors} errors`;
}

function quote(error: unknown): string {
  return `"${onOneLine(messageOf(error))}"`;
}

/** The text comes from AWS and from Python: without line breaks, and not at length. */
function onOneLine(message: string): string {
  const text = message.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}
