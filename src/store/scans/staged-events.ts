import type { ObservedEvent } from '../../model/observation.ts';
import { columnTypes, MAX_RESOURCE_TEXT, sqlType } from '../database/column-types.ts';
import type { Dialect } from '../database/column-types.ts';
import { insertInto } from '../database/statements.ts';
import type { Session } from '../database/store.ts';
import { sqlJson } from '../database/values.ts';
import type { SqlValue } from '../database/values.ts';

/** Keeps a statement below MySQL's `max_allowed_packet`, however long the names are. */
const BATCH_CHARACTERS = 1_000_000;

/** Of a text that its column cannot hold, so much is kept in the details. */
const MAX_FULL_TEXT = 65_536;

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

const BATCH_VALUES = 1000 * STAGED_COLUMNS.length;

let tables = 0;

/**
 * Some events of one scan in a temporary table of the session, before they meet those that are known; outside of any
 * transaction, which so lasts only as long as the merge.
 */
export class StagedEvents {
  readonly table: string;
  readonly #session: Session;
  readonly #dialect: Dialect;
  readonly #hashes = new Set<string>();
  #values: SqlValue[] = [];
  #characters = 0;
  /** The last two batches: while the database takes one, the next is made ready. */
  #sending: [Promise<unknown>, Promise<unknown>] = [Promise.resolve(), Promise.resolve()];

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

  /** How many there are, each once. */
  get size(): number {
    return this.#hashes.size;
  }

  /**
   * An event that comes twice is one event.
   *
   * @param unconfirmed Fetch errors concern it, so that what the scan says of it may not be so.
   */
  async add(event: ObservedEvent, unconfirmed: boolean): Promise<void> {
    if (this.#hashes.has(event.eventHash)) return;
    this.#hashes.add(event.eventHash);
    for (const value of stagedRow(event, unconfirmed, this.size)) {
      this.#values.push(value);
      if (typeof value === 'string') this.#characters += value.length;
    }
    if (this.#values.length >= BATCH_VALUES || this.#characters >= BATCH_CHARACTERS) await this.#send();
  }

  /** Only then are all of them in the table. */
  async finish(): Promise<void> {
    await this.#send();
    await Promise.all(this.#sending);
  }

  async #send(): Promise<void> {
    if (this.#values.length === 0) return;
    const values = this.#values;
    const sql = insertInto(this.table, STAGED_COLUMNS, values.length / STAGED_COLUMNS.length);
    this.#values = [];
    this.#characters = 0;
    const [before, last] = this.#sending;
    await before;
    const sending = this.#session.execute(sql, values);
    // It is awaited later, and must not count as unhandled until then.
    sending.catch(() => undefined);
    this.#sending = [last, sending];
  }

  async drop(): Promise<void> {
    const temporary = this.#dialect === 'mysql' ? 'TEMPORARY ' : '';
    await this.#session.execute(`DROP ${temporary}TABLE IF EXISTS ${this.table}`);
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
    // Of a known event; 0 is none.
    event_id: `${sqlType(number)} NOT NULL DEFAULT 0`,
  };
  const list = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  return `CREATE TEMPORARY TABLE ${table} (${list.join(', ')})`;
}

function stagedRow(event: ObservedEvent, unconfirmed: boolean, position: number): SqlValue[] {
  const tooLong: Record<string, string> = {};
  const fitted = (name: string, value: string, longest = MAX_RESOURCE_TEXT): string => {
    if (lengthOf(value, longest) <= longest) return value;
    const characters = Array.from(value.slice(0, 2 * MAX_FULL_TEXT));
    tooLong[name] = characters.slice(0, MAX_FULL_TEXT).join('');
    return `${characters.slice(0, longest - 1).join('')}…`;
  };
  const { service, checkId, region, resourceName: name } = event;
  const resourceId = fitted('fullResourceId', event.resourceId);
  const resourceName = name === null ? null : fitted('fullResourceName', name);
  const resourceType = fitted('fullResourceType', event.resourceType, 255);
  const where = region === null ? null : fitted('fullRegion', region, 64);
  return [
    position,
    event.eventHash,
    service,
    checkId,
    event.level,
    resourceId,
    resourceName,
    resourceType,
    where,
    event.itemPath,
    sqlJson({ ...event.details, ...tooLong, ...(unconfirmed ? { unconfirmed } : {}) }),
    unconfirmed,
  ];
}

/** In characters as the database counts them; most text needs no counting. */
function lengthOf(text: string, longest: number): number {
  return text.length <= longest ? text.length : Array.from(text.slice(0, 2 * longest + 2)).length;
}
