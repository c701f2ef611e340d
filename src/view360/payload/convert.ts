import type { SqlValue } from '../../store/database/values.ts';
import type { Column } from '../../store/view360/tables.ts';
import { wellFormed } from '../../text/well-formed.ts';

/** A value that the column cannot hold. */
export class Misfit {
  readonly problem: string;

  constructor(problem: string) {
    this.problem = problem;
  }
}

/** Digits before and after the point. */
const DECIMALS: Readonly<Record<string, readonly [number, number]>> = {
  money: [15, 15],
  pct: [5, 4],
  ratio: [4, 8],
};
const MOST_TEXT = 262_144;
const INT_LIMIT = 2_147_483_647;

export type Convert = (value: unknown) => SqlValue | Misfit;

/**
 * How values of payloads become values of a column: the same text and numbers for every database. Null stays null; what is too
 * long for a column that tells nothing apart is cut.
 *
 * @param isKey whether the column tells rows apart, so that it is never cut
 */
export function converterOf({ type }: Column, isKey: boolean): Convert {
  const convert = ofType(type, isKey);
  return (value) => (value === null || value === undefined ? null : convert(value));
}

function ofType(type: string, isKey: boolean): Convert {
  if (type.startsWith('s')) return text(Number(type.slice(1)), isKey);
  switch (type) {
    case 'acct':
      return account;
    case 'hash':
      return text(64, true);
    case 'text':
      return text(MOST_TEXT, isKey);
    case 'json':
      return json;
    case 'money':
    case 'pct':
    case 'ratio':
      return decimal(...(DECIMALS[type] as readonly [number, number]));
    case 'int':
      return whole(INT_LIMIT);
    case 'bool':
      return flag;
    case 'date':
      return date;
    case 'ts':
      return time;
    default:
      return whole(Number.MAX_SAFE_INTEGER);
  }
}

function text(most: number, isKey: boolean): Convert {
  return (value) => {
    const written = textOf(value);
    if (written === undefined) return new Misfit('is no text');
    if (written.length <= most) return written;
    return isKey
      ? new Misfit(`is longer than ${most} characters`)
      : wellFormed(`${written.slice(0, most - 1)}…`);
  };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return wellFormed(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

const account: Convert = (value) => {
  const id = typeof value === 'number' ? String(value).padStart(12, '0') : value;
  return typeof id === 'string' && /^\d{12}$/.test(id) ? id : new Misfit('is no account id of 12 digits');
};

const json: Convert = (value) => {
  const written = JSON.stringify(sorted(value));
  return written.length <= MOST_TEXT ? written : new Misfit(`is longer than ${MOST_TEXT} characters`);
};

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? wellFormed(value) : value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [wellFormed(key), sorted(member)]));
}

/** Without zeros at the end, so that equal amounts are equal texts. */
function decimal(before: number, after: number): Convert {
  return (value) => {
    const written = typeof value === 'number' ? plain(value, after) : value;
    if (typeof written !== 'string') return new Misfit('is no number');
    const trimmed = written.trim();
    const [, sign = '', digits = '', fraction = ''] =
      /^([+-]?)0*(\d*)(?:\.(\d*))?$/.exec(/e/i.test(trimmed) ? plain(Number(trimmed), after) : trimmed) ?? [];
    if (!/\d/.test(trimmed) || (digits === '' && fraction === '' && !/^[+-]?0/.test(trimmed)))
      return new Misfit('is no number');
    if (digits.length > before) return new Misfit('is too large a number');
    const kept =
      fraction.length > after
        ? rounded(`${digits || '0'}.${fraction}`, after)
        : `${digits || '0'}.${fraction}`;
    const short = kept.replace(/\.?0*$/, (zeros) =>
      zeros.startsWith('.') || kept.includes('.') ? '' : zeros,
    );
    return sign === '-' && !/^[0.]*$/.test(short) ? `-${short}` : short;
  };
}

function plain(value: number, after: number): string {
  if (!Number.isFinite(value)) return '';
  const short = String(value);
  return short.includes('e') ? value.toFixed(after) : short;
}

/** Of a number without sign. */
function rounded(number: string, after: number): string {
  const [digits = '', fraction = ''] = number.split('.');
  const scaled = BigInt(digits + fraction.slice(0, after));
  const up = (fraction[after] ?? '0') >= '5' ? 1n : 0n;
  const all = String(scaled + up).padStart(after + 1, '0');
  return `${all.slice(0, -after)}.${all.slice(-after)}`;
}

function whole(limit: number): Convert {
  return (value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number)) return new Misfit('is no whole number');
    return Math.abs(number) <= limit ? number : new Misfit('is too large a number');
  };
}

const FLAGS: Readonly<Record<string, number>> = { true: 1, false: 0, '1': 1, '0': 0, yes: 1, no: 0 };
const flag: Convert = (value) =>
  FLAGS[String(value).toLowerCase()] ?? new Misfit('is neither true nor false');

const time: Convert = (value) => {
  const moment = momentOf(value);
  return moment === undefined
    ? new Misfit('is no time')
    : moment.toISOString().slice(0, 23).replace('T', ' ');
};

const date: Convert = (value) => {
  const moment = momentOf(value);
  return moment === undefined ? new Misfit('is no date') : moment.toISOString().slice(0, 10);
};

const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/;

/** ISO 8601, or as Python writes a time; without a zone it is UTC. */
function momentOf(value: unknown): Date | undefined {
  if (typeof value !== 'string') return undefined;
  const [, day, clock = '00:00', zone = 'Z'] = WRITTEN.exec(value.trim()) ?? [];
  if (day === undefined) return undefined;
  const offset = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const moment = new Date(`${day}T${clock}${offset}`);
  const year = moment.getUTCFullYear();
  // What a database holds, and no day that was rolled over.
  if (!(year >= 1000 && year <= 9999) || !isDay(day)) return undefined;
  return moment;
}

function isDay(day: string): boolean {
  const moment = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === day;
}
