import { Readable } from 'node:stream';
import type { Streams } from './streams.ts';

/**
 * A stream of pieces that are made as they are read, and no longer when nobody reads. The first is made at once, so that what
 * goes wrong from the start is thrown here and not in the middle of an answer. It ends with the credential that opened it:
 * what is not whole then breaks off, so that nobody takes it for the whole.
 */
export async function startedStream(
  pieces: AsyncGenerator<string>,
  { signal, close }: ReturnType<Streams['open']>,
): Promise<Readable> {
  const first = await pieces.next().catch((error: unknown) => {
    close();
    throw error;
  });
  async function* all(): AsyncGenerator<string> {
    try {
      if (first.done === true) return;
      yield first.value;
      for await (const piece of pieces) {
        signal.throwIfAborted();
        yield piece;
      }
    } finally {
      close();
      await pieces.return(undefined);
    }
  }
  const stream = Readable.from(all(), { objectMode: false });
  // A reader that left, or never began, has ended it too.
  return stream.once('close', close);
}
