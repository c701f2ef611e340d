import { ContentProblem } from './problem.ts';

/** Bytes that can be read anywhere, such as those of a file or of an object in a bucket. */
export interface RandomAccess {
  size: number;
  /** The bytes from `from` to before `to`, in pieces. */
  read: (from: number, to: number) => AsyncIterable<Uint8Array>;
}

/** What is to be looked at: from its beginning, or anywhere in it. */
export interface Input {
  /** As much of its beginning as tells what it is; all of it where that is shorter. */
  head: Uint8Array;
  stream: () => AsyncIterable<Uint8Array>;
  /** @param limit of bytes that may be kept in memory where it can only be read from the beginning */
  random: (limit: number) => Promise<RandomAccess>;
}

const HEAD_BYTES = 4096;

export async function inputOf(access: RandomAccess): Promise<Input> {
  const head = await readWhole(access, 0, Math.min(HEAD_BYTES, access.size));
  return { head, stream: () => access.read(0, access.size), random: () => Promise.resolve(access) };
}

/** What comes out of something else: can be read once. */
export async function inputOfStream(stream: AsyncIterable<Uint8Array>): Promise<Input> {
  const iterator = stream[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    first.push(next.value);
    length += next.value.length;
  }
  const all = async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      yield* first;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
        yield next.value;
    } finally {
      await iterator.return?.();
    }
  };
  return {
    head: Buffer.concat(first).subarray(0, HEAD_BYTES),
    stream: all,
    random: async (limit) => inMemory(await gather(all(), limit)),
  };
}

export function inMemory(bytes: Uint8Array): RandomAccess {
  return {
    size: bytes.length,
    async *read(from, to) {
      yield bytes.subarray(from, to);
    },
  };
}

export async function readWhole(access: RandomAccess, from: number, to: number): Promise<Buffer> {
  return gather(access.read(from, to), to - from);
}

/** All of a stream; fails where it is more than may be kept in memory. */
export async function gather(stream: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    length += piece.length;
    if (length > limit)
      throw new ContentProblem('skipped', `it is too large for memory: more than ${limit} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
