import { VedetteError } from '../../errors.ts';
import type { ObservedEvent, ObservedFinding, ScanFacts } from '../../model/observation.ts';

/** Clocks differ a little; more than this, and one of them is wrong. */
export const MOST_AHEAD_MS = 5 * 60_000;
/** Of the integer columns, in either dialect. */
const MOST_COUNTED = 2 ** 31 - 1;
/** Characters of the path of an item; a statement of the database has room for many of these. */
const MOST_PATH = 2 ** 20;
/** Bytes of the long texts, in either dialect. */
const MOST_TEXT_BYTES = 2 ** 24 - 1;

/** The longest values of the columns, in characters. */
const LONGEST = { account: 64, source: 32, version: 255, service: 64, check: 255, level: 255 } as const;

/**
 * Refuses a scan that a clock cannot have made, or that no column can hold, before anything of it is stored; the same on
 * every database.
 *
 * @throws VedetteError `results-invalid` that names the value and the limit.
 */
export function acceptFacts(facts: Omit<ScanFacts, 'scope' | 'warnings'>, now = new Date()): void {
  checkLength('account', facts.accountId, LONGEST.account);
  checkLength('source', facts.source, LONGEST.source);
  checkLength('version', facts.version, LONGEST.version);
  const time = Date.parse(facts.scanTime);
  if (Number.isNaN(time) || time < 0) {
    throw invalid(`The scan says that it began at ${facts.scanTime.slice(0, 40)}, which cannot be.`);
  }
  if (time > now.getTime() + MOST_AHEAD_MS) {
    throw invalid(
      `The scan says that it began at ${facts.scanTime}, which has not come yet: it is ${now.toISOString()}.`,
      'Set the clock of the machine that scanned (or of this one) right, and scan again: every later scan would count as older.',
    );
  }
}

/** @throws VedetteError `results-invalid` for a value that no column can hold. */
export function acceptFinding(finding: ObservedFinding): void {
  checkLength('service', finding.service, LONGEST.service);
  checkLength('check', finding.checkId, LONGEST.check);
  checkLength('level', finding.sourceLevel, LONGEST.level);
  for (const name of ['flaggedItems', 'checkedItems', 'unknownItems'] as const) {
    const counted = finding[name] ?? 0;
    if (counted <= MOST_COUNTED) continue;
    throw invalid(`${named(finding)} has ${counted} for ${name}; at most ${MOST_COUNTED} can be.`);
  }
  for (const name of ['title', 'rationale', 'remediation'] as const) {
    const bytes = Buffer.byteLength(finding[name] ?? '');
    if (bytes <= MOST_TEXT_BYTES) continue;
    throw invalid(`${named(finding)} has a ${name} of ${bytes} bytes; at most ${MOST_TEXT_BYTES} can be.`);
  }
}

/** @throws VedetteError `results-invalid` for an event that no statement can hold. */
export function acceptEvent({ checkId, itemPath }: ObservedEvent): void {
  if (itemPath.length <= MOST_PATH) return;
  throw invalid(
    `The check ${JSON.stringify(checkId)} names a resource in ${itemPath.length} characters (${JSON.stringify(itemPath.slice(0, 40))}…); at most ${MOST_PATH} can be.`,
  );
}

/** Which checks have come, so that none comes twice. */
export class SeenChecks {
  readonly #seen = new Set<string>();

  /** @throws VedetteError `results-invalid` for a check that was there before. */
  add(finding: ObservedFinding): void {
    const key = JSON.stringify([finding.service, finding.checkId]);
    if (this.#seen.has(key)) throw invalid(`${named(finding)} stands twice in the results.`);
    this.#seen.add(key);
  }
}

function named({ service, checkId }: ObservedFinding): string {
  return `The check ${JSON.stringify(checkId)} of ${JSON.stringify(service)}`;
}

function checkLength(what: string, value: string, longest: number): void {
  const length = Array.from(value.slice(0, 2 * longest + 2)).length;
  if (length <= longest) return;
  const start = JSON.stringify(value.slice(0, 40));
  throw invalid(
    `The results hold a ${what} of ${value.length} characters (${start}…); at most ${longest} can be.`,
  );
}

function invalid(message: string, remedy?: string): VedetteError {
  return new VedetteError('results-invalid', message, remedy === undefined ? {} : { remedy });
}
