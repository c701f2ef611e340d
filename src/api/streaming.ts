import { Readable } from 'node:stream';

/**
 * A stream of pieces that are made as they are read, and no longer when nobody reads. The first is made at once, so that what
 * goes wrong from the start is thrown here and not in the middle of an answer.
 */
export async function startedStream(pieces: AsyncGenerator<string>): Promise<Readable> {
  const first = await pieces.next();
  async function* all(): AsyncGenerator<string> {
    try {
      if (first.done === true) return;
      yield first.value;
      yield* pieces;
    } finally {
      await pieces.return(undefined);
    }
  }
  return Readable.from(all(), { objectMode: false });
}
