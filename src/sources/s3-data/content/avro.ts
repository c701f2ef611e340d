import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, inflateRaw } from 'node:zlib';
import avsc from 'avsc';
import { decompress } from 'fzstd';
import { compressors } from 'hyparquet-compressors';
import { broken } from './compressed.ts';
import type { Input } from './input.ts';
import { linesOf } from './leaves.ts';
import type { Walk } from './scan-content.ts';

type Codec = (bytes: Buffer, done: (error: Error | null, plain?: Buffer) => void) => void;

const CRC_BYTES = 4;
const codecs: Record<string, Codec> = {
  null: (bytes, done) => done(null, bytes),
  deflate: (bytes, done) => inflateRaw(bytes, { maxOutputLength: 2 ** 28 }, done),
  zstandard: attempt((bytes) => Buffer.from(decompress(bytes))),
  snappy: attempt((bytes) => {
    const packed = bytes.subarray(0, -CRC_BYTES);
    const plain = Buffer.from(compressors.SNAPPY?.(packed, snappyLength(packed)) ?? []);
    if (crc32(plain) !== bytes.readUInt32BE(bytes.length - CRC_BYTES)) throw new Error('a checksum is wrong');
    return plain;
  }),
};

/** The records, every text and number in them a line. */
export async function walkAvro(input: Input, walk: Walk): Promise<void> {
  await walk.text('records', recordsOf(input));
}

async function* recordsOf(input: Input): AsyncGenerator<Uint8Array> {
  const decoding = new avsc.streams.BlockDecoder({ codecs });
  const feeding = pipeline(Readable.from(input.stream()), decoding).catch((error: unknown) => error);
  try {
    for await (const record of decoding) yield Buffer.from(linesOf(record));
  } catch (error) {
    throw broken('Avro', error);
  } finally {
    decoding.destroy();
    await feeding;
  }
}

function attempt(unpack: (bytes: Buffer) => Buffer): Codec {
  return (bytes, done) => {
    let plain: Buffer;
    try {
      plain = unpack(bytes);
    } catch (error) {
      done(error as Error);
      return;
    }
    done(null, plain);
  };
}

/** What a block of Snappy comes to, as it says itself. */
function snappyLength(bytes: Buffer): number {
  let length = 0;
  for (let at = 0; at < 5; at += 1) {
    const byte = bytes[at] ?? 0;
    length += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return length;
  }
  throw new Error('a length is wrong');
}
