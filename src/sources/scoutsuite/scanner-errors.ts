import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UnverifiedReason } from '../../model/scan.ts';
import type { ServiceScope, UnseenPlace } from '../../model/scope.ts';
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

/** ScoutSuite writes the errors just after the results, but copies may be made in another order. */
const STALE_AFTER_MS = 5 * 60_000;
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_QUOTED = 160;

export interface ErrorsInput {
  resultsFile: string;
  /** Services that the scan covered. */
  services: readonly ServiceScope[];
  checks: readonly CheckPath[];
  known: KnownKinds;
}

/** Reads `scoutsuite_errors_<name>.json` beside `scoutsuite_results_<name>.js`; there is none when all went well. */
export async function readScannerErrors(input: ErrorsInput): Promise<ScannerErrors> {
  const file = errorsFileOf(input.resultsFile);
  const content = file === null ? null : await readErrors(file, input.resultsFile);
  if (content === null) return NO_ERRORS;
  return typeof content === 'string' ? blockEverything(input.services, content) : attribute(content, input);
}

/** Where the scanner puts its errors, whether or not it had any; null for a file of another name. */
export function errorsFileOf(resultsFile: string): string | null {
  const name = /^scoutsuite_results_(.+)\.js$/.exec(basename(resultsFile))?.[1];
  return name === undefined ? null : join(dirname(resultsFile), `scoutsuite_errors_${name}.json`);
}

/** The list; or why it cannot be read; or null when there is none of this scan. */
async function readErrors(file: string, resultsFile: string): Promise<readonly unknown[] | string | null> {
  try {
    const [errors, results] = await Promise.all([stat(file), stat(resultsFile)]);
    if (errors.mtimeMs + STALE_AFTER_MS < results.mtimeMs) return null;
    if (errors.size > MAX_FILE_BYTES) return `${basename(file)} is too large to be read`;
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Array.isArray(content) ? content : `${basename(file)} does not hold a list of errors`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    return `${basename(file)} cannot be read (${error instanceof Error ? error.message : String(error)})`;
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
      warnings: ['The errors file beside the results is of other services than this scan; ignored.'],
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
