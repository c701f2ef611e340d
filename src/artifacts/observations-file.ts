import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline as join, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { VedetteError } from '../errors.ts';
import type { Observation } from '../model/observation.ts';

/** Lines are handed on in batches of this many characters: one chunk a line would cost more than its content. */
const BATCH = 64 * 1024;

export interface WrittenObservations {
  findings: number;
  events: number;
}

/**
 * Writes observations as compressed JSON lines. The file is there when it is complete, also while another attempt at the
 * same step, which was given up but has not noticed, still writes.
 */
export async function writeObservations(
  observations: AsyncIterable<Observation>,
  file: string,
  signal: AbortSignal,
): Promise<WrittenObservations> {
  const written = { findings: 0, events: 0 };
  async function* batches(): AsyncGenerator<string> {
    let batch = '';
    for await (const observation of observations) {
      if (observation.kind === 'finding') written.findings += 1;
      if (observation.kind === 'event') written.events += 1;
      batch += `${JSON.stringify(observation)}\n`;
      if (batch.length >= BATCH) {
        yield batch;
        batch = '';
      }
    }
    yield batch;
  }
  const draft = `${file}.${randomUUID()}`;
  try {
    const target = createWriteStream(draft, { mode: 0o600 });
    await pipeline(Readable.from(batches()), createGzip({ level: 1 }), target, { signal });
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  return written;
}

/** Reads back what `writeObservations` wrote. */
export async function* readObservations(file: string): AsyncGenerator<Observation> {
  try {
    for await (const line of lines(file)) yield JSON.parse(line) as Observation;
  } catch (cause) {
    throw new VedetteError('artifact-lost', `${file} cannot be read.`, { cause });
  }
}

async function* lines(file: string): AsyncGenerator<string> {
  // An error of either stream reaches the loop below by destroying the last one.
  const content = join(createReadStream(file), createGunzip(), () => undefined).setEncoding('utf8');
  let rest = '';
  for await (const chunk of content) {
    const parts = (rest + (chunk as string)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}
