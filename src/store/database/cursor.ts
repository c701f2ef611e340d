import { VedetteError } from '../../errors.ts';

/** What the place in a list is told by: values of the last row, in the order of the list. */
export type ListKey = readonly (string | number)[];

/** A place in a list that later inserts do not move; opaque to those who pass it back. */
export function encodeCursor(id: number | undefined): string | null {
  return id === undefined ? null : Buffer.from(`id:${id}`).toString('base64url');
}

/** @throws VedetteError `usage` */
export function decodeCursor(cursor: string): number {
  const [, id] = /^id:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (id === undefined) throw notOfThisList(cursor);
  return Number(id);
}

/** As `encodeCursor`, for lists in another order than that of their ids; `list` tells one order from another. */
export function encodeKey(list: string, key: ListKey): string {
  return Buffer.from(JSON.stringify([list, ...key])).toString('base64url');
}

/**
 * `shape` is a key of the list: the cursor's has as many values of the same types.
 *
 * @throws VedetteError `usage` for a cursor of another list.
 */
export function decodeKey<Key extends ListKey>(list: string, shape: Key, cursor: string): Key {
  const [name, ...key] = parsed(cursor);
  const fits =
    key.length === shape.length && key.every((value, index) => typeof value === typeof shape[index]);
  if (name !== list || !fits) throw notOfThisList(cursor);
  return key as unknown as Key;
}

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function notOfThisList(cursor: string): VedetteError {
  return new VedetteError('usage', `${JSON.stringify(cursor)} is not a cursor of this list.`, {
    remedy: 'Give the nextCursor of the page before, unchanged.',
  });
}
