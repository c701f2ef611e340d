import { isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import type { FileRange } from './json-skimmer.ts';

const CHUNK_BYTES = 1024 * 1024;

/**
 * A part of a file, in chunks that end where a character ends. While one is looked at, the next is read; the one after
 * overwrites it.
 *
 * @param notUtf8 makes the error for a chunk that is no UTF-8, and begins at the offset
 */
export async function* textChunks(
  handle: FileHandle,
  range: FileRange,
  notUtf8: (text: Buffer, offset: number) => Error,
): AsyncGenerator<{ text: Buffer; offset: number }> {
  const buffers = [Buffer.allocUnsafe(CHUNK_BYTES), Buffer.allocUnsafe(CHUNK_BYTES)] as const;
  const end = range.offset + range.bytes;
  const read = async (buffer: Buffer, from: number): Promise<Buffer> => {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(CHUNK_BYTES, end - from), from);
    return buffer.subarray(0, bytesRead);
  };
  let { offset } = range;
  let [current, other] = buffers;
  let reading = read(current, offset);
  try {
    while (offset < end) {
      const chunk = await reading;
      if (chunk.length === 0) return;
      const isLast = offset + chunk.length >= end;
      const text = isLast ? chunk : chunk.subarray(0, completeLength(chunk));
      if (!isUtf8(text)) throw notUtf8(text, offset);
      const next = offset + text.length;
      [current, other] = [other, current];
      if (next < end) reading = read(current, next);
      yield { text, offset };
      offset = next;
    }
  } finally {
    // Whoever stops early closes the file next.
    await reading.catch(() => undefined);
  }
}

/** Length without the bytes of a character that the chunk cuts in two. */
export function completeLength(chunk: Buffer): number {
  for (let back = 1; back <= Math.min(3, chunk.length - 1); back += 1) {
    const byte = chunk[chunk.length - back] as number;
    if (byte < 0x80) return chunk.length;
    if (byte >= 0xc0) return chunk.length - back;
  }
  return chunk.length;
}
