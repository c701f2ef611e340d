import { VedetteError } from '../errors.ts';
import type { ObservedEvent } from '../model/observation.ts';
import { columnTypes, MAX_RESOURCE_TEXT, sqlType } from './column-types.ts';
import type { Dialect } from './column-types.ts';
import { insertRows } from './statements.ts';
import type { Session } from './store.ts';
import { sqlJson } from './values.ts';
import type { SqlValue } from './values.ts';

const BATCH_ROWS = 500;
/** Keeps a statement below MySQL's `max_allowed_packet`, however long the names are. */
const BATCH_CHARACTERS = 1_000_000;

const STAGED_COLUMNS = [
  'position',
  'event_hash',
  'service',
  'check_id',
  'level',
  'resource_id',
  'resource_name',
  'resource_type',
  'region',
  'item_path',
  'details',
  'unconfirmed',
] as const;

/** Staged events by their positions, both included. */
export interface Chunk {
  table: string;
  from: number;
  to: number;
}

let tables = 0;

/**
 * The events of one scan in a temporary table of the session, before they meet those that are known; outside of any
 * transaction, which so last only as long as the merge. An event that comes twice in one chunk is staged once.
 */
export class StagedEvents {
  readonly table: string;
  readonly #session: Session;
  readonly #chunkRows: number;
  readonly #hashesOfChunk = new Set<string>();
  #batch: SqlValue[][] = [];
  #batchCharacters = 0;
  #position = 0;

  private constructor(session: Session, table: string, chunkRows: number) {
    this.table = table;
    this.#session = session;
    this.#chunkRows = chunkRows;
  }

  static async create(session: Session, dialect: Dialect, chunkRows: number): Promise<StagedEvents> {
    // Sessions that share a connection share its temporary tables.
    const table = `staged_events_${(tables += 1)}`;
    await session.execute(createStatement(table, dialect));
    return new StagedEvents(session, table, chunkRows);
  }

  /** `unconfirmed`: the service had fetch errors, so that what the scan says of it may not be so. */
  async add(event: ObservedEvent, unconfirmed: boolean): Promise<void> {
    if (this.#hashesOfChunk.has(event.eventHash)) return;
    this.#hashesOfChunk.add(event.eventHash);
    const row = stagedRow(event, unconfirmed, (this.#position += 1));
    if (this.#position % this.#chunkRows === 0) this.#hashesOfChunk.clear();
    this.#batch.push(row);
    this.#batchCharacters += charactersOf(row);
    if (this.#batch.length >= BATCH_ROWS || this.#batchCharacters >= BATCH_CHARACTERS) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#batch.length === 0) return;
    const { sql, values } = insertRows(this.table, STAGED_COLUMNS, this.#batch);
    this.#batch = [];
    this.#batchCharacters = 0;
    await this.#session.execute(sql, values);
  }

  /** What was staged and flushed, in order. */
  *chunks(): Generator<Chunk> {
    for (let from = 1; from <= this.#position; from += this.#chunkRows) {
      yield { table: this.table, from, to: from + this.#chunkRows - 1 };
    }
  }

  get count(): number {
    return this.#position;
  }

  async drop(dialect: Dialect): Promise<void> {
    await this.#session.execute(
      `DROP ${dialect === 'mysql' ? 'TEMPORARY ' : ''}TABLE IF EXISTS ${this.table}`,
    );
  }
}

function createStatement(table: string, dialect: Dialect): string {
  const { number, text, ascii, longText, json, flag } = columnTypes(dialect);
  const columns = {
    position: `${sqlType(number)} NOT NULL PRIMARY KEY`,
    event_hash: `${sqlType(ascii(64))} NOT NULL`,
    service: `${sqlType(text(64))} NOT NULL`,
    check_id: `${sqlType(text(255))} NOT NULL`,
    level: `${sqlType(text(16))} NOT NULL`,
    resource_id: `${sqlType(text(MAX_RESOURCE_TEXT))} NOT NULL`,
    resource_name: `${sqlType(text(MAX_RESOURCE_TEXT))} NULL`,
    resource_type: `${sqlType(text(255))} NOT NULL`,
    region: `${sqlType(text(64))} NULL`,
    item_path: `${sqlType(longText)} NOT NULL`,
    details: `${sqlType(json)} NOT NULL`,
    unconfirmed: `${sqlType(flag)} NOT NULL`,
    event_id: `${sqlType(number)} NULL`,
    standing: `${sqlType(number)} NOT NULL DEFAULT 0`,
  };
  const list = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  return `CREATE TEMPORARY TABLE ${table} (${list.join(', ')})`;
}

function stagedRow(event: ObservedEvent, unconfirmed: boolean, position: number): SqlValue[] {
  checkLength('service', event.service, 64);
  checkLength('check id', event.checkId, 255);
  checkLength('resource type', event.resourceType, 255);
  checkLength('region', event.region ?? '', 64);
  const tooLong: Record<string, string> = {};
  const fitted = (name: string, value: string): string => {
    if (lengthOf(value) <= MAX_RESOURCE_TEXT) return value;
    tooLong[name] = value;
    return `${Array.from(value)
      .slice(0, MAX_RESOURCE_TEXT - 1)
      .join('')}…`;
  };
  const resourceId = fitted('fullResourceId', event.resourceId);
  const resourceName = event.resourceName === null ? null : fitted('fullResourceName', event.resourceName);
  return [
    position,
    event.eventHash,
    event.service,
    event.checkId,
    event.level,
    resourceId,
    resourceName,
    event.resourceType,
    event.region,
    event.itemPath,
    sqlJson({ ...event.details, ...tooLong, ...(unconfirmed ? { unconfirmed } : {}) }),
    unconfirmed,
  ];
}

function charactersOf(row: readonly SqlValue[]): number {
  return row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0);
}

/** In characters as the database counts them; most text needs no counting. */
function lengthOf(text: string): number {
  return text.length <= MAX_RESOURCE_TEXT ? text.length : Array.from(text).length;
}

/** These come from the scanner's rules and AWS's names: longer ones are no result of a scanner. */
function checkLength(what: string, value: string, limit: number): void {
  if (value.length <= limit) return;
  const start = value.slice(0, 40);
  throw new VedetteError(
    'results-invalid',
    `The results hold a ${what} of ${value.length} characters (${JSON.stringify(start)}…); at most ${limit} are known.`,
  );
}
