import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/**
 * Writes the contents of several files, one after the other. The file is there when it is complete, also while another attempt
 * at the same step, which was given up but has not noticed, still writes.
 */
export async function joinFiles(
  first: string,
  others: AsyncIterable<string>,
  into: string,
  signal: AbortSignal,
): Promise<void> {
  async function* contents(): AsyncGenerator<Buffer> {
    yield* createReadStream(first) as AsyncIterable<Buffer>;
    for await (const file of others) yield* createReadStream(file) as AsyncIterable<Buffer>;
  }
  const draft = `${into}.${randomUUID()}`;
  try {
    await pipeline(contents(), createWriteStream(draft, { mode: 0o600 }), { signal });
    await rename(draft, into);
  } finally {
    await rm(draft, { force: true });
  }
}
