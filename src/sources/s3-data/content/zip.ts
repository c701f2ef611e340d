import { once } from 'node:events';
import { Readable } from 'node:stream';
import { fromRandomAccessReader, RandomAccessReader } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { broken } from './compressed.ts';
import type { Input, RandomAccess } from './input.ts';
import { xmlText } from './office.ts';
import { ContentProblem } from './problem.ts';
import type { Walk } from './scan-content.ts';

/** The parts of Office documents that are text between tags. */
const OFFICE_PART = /^(?:word|xl|ppt|docProps|customXml)\/.*\.xml$/;
const FOLDER = /\/$/;

export async function walkZip(input: Input, walk: Walk): Promise<void> {
  const access = await input.random(walk.limits.inMemoryBytes);
  try {
    const zip = await open(access);
    for await (const entry of entriesOf(zip)) {
      walk.signal.throwIfAborted();
      const name = nameOf(entry);
      if (FOLDER.test(name)) continue;
      if (entry.isEncrypted()) {
        walk.problem(name, new ContentProblem('skipped', 'it is encrypted'));
      } else if (OFFICE_PART.test(name)) {
        await walk.text(name, xmlText(contentOf(zip, entry)));
      } else {
        await walk.part(name, () => contentOf(zip, entry));
      }
    }
  } catch (error) {
    throw broken('zip', error);
  }
}

class Reader extends RandomAccessReader {
  private readonly access: RandomAccess;

  constructor(access: RandomAccess) {
    super();
    this.access = access;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.access.read(start, end));
  }
}

function open(access: RandomAccess): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    // Names as they are: ours never become paths.
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true };
    fromRandomAccessReader(new Reader(access), access.size, options, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(error);
    });
  });
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  const ended = once(zip, 'end').then(() => null);
  ended.catch(() => undefined);
  for (;;) {
    const next = once(zip, 'entry') as Promise<[Entry]>;
    next.catch(() => undefined);
    zip.readEntry();
    const entry = await Promise.race([next, ended]);
    if (entry === null) return;
    yield entry[0];
  }
}

async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  try {
    const stream = await new Promise<Readable>((resolve, reject) => {
      zip.openReadStream(entry, (error, opened) => {
        if (error === null) resolve(opened);
        else reject(error);
      });
    });
    for await (const piece of stream) yield piece as Buffer;
  } catch (error) {
    throw broken('zip', error);
  }
}

/** With `decodeStrings: false` names are bytes, whatever the types say. */
function nameOf(entry: Entry): string {
  const bytes = entry.fileName as unknown as Buffer;
  const text = bytes.toString();
  return text.includes('\uFFFD') ? bytes.toString('latin1') : text;
}
