import type { FileHandle } from 'node:fs/promises';
import { ELEMENT, JsonSkimmer } from '../../json/json-skimmer.ts';
import type { Choice } from '../../json/json-skimmer.ts';
import { textChunks } from '../../json/text-chunks.ts';
import type { SectionPlace } from './envelope.ts';
import type { Mapping } from './mapping.ts';
import { Rejected } from './rejected.ts';

export interface ReadRow {
  value: unknown;
  /** Of the member, where rows are members of an object; else that of the list. */
  key: string;
  /** Its place in the list. */
  index: number;
  /** The place of the row that it lies in, among all of that table in the section. */
  parentIndex: number;
}

/** One row may not be longer. */
const MAX_ROW_BYTES = 16 * 1024 * 1024;

/**
 * The rows of one table, in the order of the section, as they come with each chunk of the file: memory is one chunk and what
 * it holds of rows.
 *
 * @throws Rejected
 */
export async function* readRows(
  handle: FileHandle,
  section: SectionPlace,
  mapping: Mapping,
  signal: AbortSignal,
): AsyncGenerator<readonly ReadRow[]> {
  const visitor = new RowVisitor(mapping);
  const before = Buffer.from(`{${JSON.stringify(mapping.section)}:`);
  const skimmer = new JsonSkimmer(
    visitor,
    (problem, offset) => new Rejected('E_JSON', `the file ${problem} (byte ${offset})`),
    { startOffset: section.offset - before.length },
  );
  skimmer.write(before);
  const notUtf8 = (_text: Buffer, offset: number) =>
    new Rejected('E_JSON', `no UTF-8 (after byte ${offset})`);
  for await (const { text } of textChunks(handle, section, notUtf8)) {
    signal.throwIfAborted();
    skimmer.write(text);
    yield visitor.take();
  }
  skimmer.write(Buffer.from('}'));
  skimmer.end();
  yield visitor.take();
}

class RowVisitor {
  readonly #path: readonly string[];
  readonly #nested: ReadonlySet<string>;
  readonly #parentLength: number;
  #rows: ReadRow[] = [];
  /** Of a row that holds rows of other tables: its own members. */
  #members: Record<string, unknown> = {};
  #index = -1;
  #parentIndex = -1;

  constructor({ path, nested, parent }: Mapping) {
    this.#path = path;
    this.#nested = nested;
    // The parent is the object that the list lies in.
    this.#parentLength = parent === undefined ? -1 : lengthOfParent(path);
  }

  take(): readonly ReadRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  choose(path: readonly string[]): Choice {
    if (!this.#isOnTheWay(path)) return 'skip';
    const depth = path.length;
    if (depth === this.#parentLength) {
      this.#parentIndex += 1;
      this.#index = -1;
    }
    if (depth < this.#path.length) return 'inside';
    if (depth > this.#path.length) return this.#nested.has(path.at(-1) as string) ? 'skip' : 'keep';
    this.#index += 1;
    if (this.#nested.size === 0) return 'keep';
    this.#members = {};
    return 'enter';
  }

  value(path: readonly string[], value: unknown): void {
    if (path.length > this.#path.length) this.#members[path.at(-1) as string] = value;
    else if (path.length === this.#path.length && (value !== null || path.at(-1) === ELEMENT))
      this.#add(path, value);
  }

  leave(path: readonly string[]): void {
    if (path.length === this.#path.length && this.#nested.size > 0) this.#add(path, this.#members);
  }

  mostBytes(): number {
    return MAX_ROW_BYTES;
  }

  #add(path: readonly string[], value: unknown): void {
    this.#rows.push({
      value,
      key: path.at(-1) as string,
      index: this.#index,
      parentIndex: Math.max(0, this.#parentIndex),
    });
  }

  #isOnTheWay(path: readonly string[]): boolean {
    const compared = Math.min(path.length, this.#path.length);
    for (let at = 0; at < compared; at += 1) {
      const wanted = this.#path[at];
      if (wanted !== path[at] && wanted !== '{}') return false;
    }
    return path.length <= this.#path.length + (this.#nested.size > 0 ? 1 : 0);
  }
}

/** `security.security_hub.[].findings.[]` lies in `security.security_hub.[]`, `cost.forecast.[]` in `cost`. */
function lengthOfParent(path: readonly string[]): number {
  return path.length - 2;
}
