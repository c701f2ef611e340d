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

/** Staged events whose hashes lie in a range, as a condition on the table as `s`. */
export interface Chunk {
  table: string;
  rows: string;
}

let tables = 0;

/**
 * The events of one scan in a temporary table of the session, before they meet those that are known; outside of any
 * transaction, which so last only as long as the merge.
 */
export class StagedEvents {
  readonly table: string;
  readonly #session: Session;
  readonly #dialect: Dialect;
  #batch: SqlValue[][] = [];
  #batchCharacters = 0;
  #position = 0;

  private constructor(session: Session, dialect: Dialect, table: string) {
    this.table = table;
    this.#session = session;
    this.#dialect = dialect;
  }

  static async create(session: Session, dialect: Dialect): Promise<StagedEvents> {
    // Sessions that share a connection share its temporary tables.
    const table = `staged_events_${(tables += 1)}`;
    await session.execute(createStatement(table, dialect));
    return new StagedEvents(session, dialect, table);
  }

  /** `unconfirmed`: the service had fetch errors, so that what the scan says of it may not be so. */
  async add(event: ObservedEvent, unconfirmed: boolean): Promise<void> {
    const row = stagedRow(event, unconfirmed, (this.#position += 1));
    this.#batch.push(row);
    this.#batchCharacters += charactersOf(row);
    if (this.#batch.length >= BATCH_ROWS || this.#batchCharacters >= BATCH_CHARACTERS) await this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#batch.length === 0) return;
    const { sql, values } = insertRows(this.table, STAGED_COLUMNS, this.#batch);
    this.#batch = [];
    this.#batchCharacters = 0;
    await this.#session.execute(sql, values);
  }

  /** Ends the staging. An event that came twice is one event. */
  async finish(): Promise<void> {
    await this.#flush();
    const temporary = this.#dialect === 'sqlite' ? 'temp.' : '';
    await this.#session.execute(`CREATE INDEX ${temporary}ix_${this.table} ON ${this.table} (event_hash)`);
    const repeated = await this.#session.query<{ event_hash: string; first: number }>(
      `SELECT event_hash, MIN(position) AS first FROM ${this.table} GROUP BY event_hash HAVING COUNT(*) > 1`,
    );
    for (const { event_hash: hash, first } of repeated) {
      await this.#session.execute(`DELETE FROM ${this.table} WHERE event_hash = ? AND position > ?`, [
        hash,
        first,
      ]);
    }
  }

  /**
   * Everything that was staged, in chunks of about so many rows. Each is a range of hashes, which are evenly distributed:
   * what a chunk changes in the indexes of hashes lies close together.
   */
  chunks(rows: number): Chunk[] {
    const count = Math.ceil(this.#position / rows);
    return Array.from({ length: count }, (_, index) => {
      const from = index === 0 ? [] : [`s.event_hash >= '${hashAt(index / count)}'`];
      const to = index === count - 1 ? [] : [`s.event_hash < '${hashAt((index + 1) / count)}'`];
      return { table: this.table, rows: [...from, ...to, '1 = 1'].join(' AND ') };
    });
  }

  async drop(): Promise<void> {
    const temporary = this.#dialect === 'mysql' ? 'TEMPORARY ' : '';
    await this.#session.execute(`DROP ${temporary}TABLE IF EXISTS ${this.table}`);
  }
}

/** The beginning of the hash below which that share of all hashes lies. */
function hashAt(share: number): string {
  return Math.floor(share * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
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
    standing: `${sqlType(number)} NULL`,
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
