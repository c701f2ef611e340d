import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { broken } from './compressed.ts';
import type { Input } from './input.ts';
import type { Walk } from './scan-content.ts';

export async function walkTar(input: Input, walk: Walk): Promise<void> {
  const unpacking = extract();
  const feeding = pipeline(Readable.from(input.stream()), unpacking).catch((error: unknown) => error);
  try {
    for await (const entry of unpacking) {
      if (entry.header.type === 'file')
        await walk.part(entry.header.name, () => entry as AsyncIterable<Buffer>);
      entry.resume();
    }
  } catch (error) {
    throw broken('tar', error);
  } finally {
    unpacking.destroy();
    await feeding;
  }
}
