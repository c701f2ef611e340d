import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { ContentProblem } from './problem.ts';

/** All members of a gzip file, one after the other. */
export async function* gunzip(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacking = createGunzip({ chunkSize: 256 * 1024 });
  const feeding = pipeline(Readable.from(stream), unpacking).catch((error: unknown) => error);
  try {
    for await (const piece of unpacking) yield piece as Buffer;
  } catch (error) {
    throw broken('gzip', error);
  } finally {
    unpacking.destroy();
    await feeding;
  }
}

/** All frames of a zstd file. */
export async function* unzstd(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  const unpacking = new Decompress((piece) => pieces.push(piece));
  const push = (bytes: Uint8Array, isLast: boolean): Uint8Array[] => {
    pieces = [];
    try {
      unpacking.push(bytes, isLast);
    } catch (error) {
      throw broken('zstd', error);
    }
    return pieces;
  };
  for await (const bytes of stream) yield* push(bytes, false);
  yield* push(new Uint8Array(), true);
}

/** A problem of what lies below passes as it is. */
export function broken(format: string, error: unknown): unknown {
  if (error instanceof ContentProblem || !(error instanceof Error) || error.name === 'AbortError')
    return error;
  return new ContentProblem('failed', `${format}: ${error.message}`, error);
}
