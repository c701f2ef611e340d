import { VedetteError } from '../errors.ts';

/** A place in a list that later inserts do not move; opaque to those who pass it back. */
export function encodeCursor(id: number | undefined): string | null {
  return id === undefined ? null : Buffer.from(`id:${id}`).toString('base64url');
}

/** @throws VedetteError `usage` */
export function decodeCursor(cursor: string): number {
  const [, id] = /^id:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (id === undefined) {
    throw new VedetteError('usage', `${JSON.stringify(cursor)} is not a cursor of this list.`, {
      remedy: 'Give the nextCursor of the page before, unchanged.',
    });
  }
  return Number(id);
}
