import { createWriteStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { pipeline as join, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { AwsFailureKind } from '../aws/failures.ts';
import type { AllowedCall } from '../aws/read-only.ts';
import { VedetteError } from '../errors.ts';
import { openRegularFile } from '../regular-file.ts';
import type { CollectedItem } from './call.ts';

export const SNAPSHOT_FORMAT = 'vedette.snapshot/1';

/** What was asked, of whom and when. */
export interface SnapshotHead {
  kind: 'head';
  format: typeof SNAPSHOT_FORMAT;
  source: string;
  /** Version of vedette. */
  version: string;
  accountId: string;
  partition: string;
  /** ISO 8601 in UTC. */
  startedAt: string;
  regions: readonly string[];
  /** Whether these were asked for; else they are all that the account has enabled. */
  regionsAsked: boolean;
  /** Where calls were to be made, in the order of the lines; null for services without regions. */
  places: readonly (string | null)[];
  /** What was asked for, in the source's own words. */
  asked: unknown;
}

/** A list that was answered in full; its items follow. */
export interface ListedLine {
  kind: 'listed';
  call: AllowedCall;
  region: string | null;
}

export interface ItemLine {
  kind: 'item';
  call: AllowedCall;
  region: string | null;
  item: CollectedItem;
  /** What was asked about it: null where nothing is configured. */
  details: Readonly<Record<string, unknown>>;
}

/** A call without an answer. */
export interface ErrorLine {
  kind: 'error';
  call: AllowedCall;
  region: string | null;
  /** Of a detail: the id of what it was asked of. */
  resource?: string;
  /** AWS's word for it (`AccessDenied`), or the network's. */
  code: string;
  failure: AwsFailureKind;
}

/** A place is whole. */
export interface EndLine {
  kind: 'end';
  region: string | null;
}

/**
 * One line of a snapshot. Lines come place by place, first that of services without regions; errors come before what
 * they concern; without the end of each place the snapshot is not whole.
 */
export type SnapshotLine = SnapshotHead | ListedLine | ItemLine | ErrorLine | EndLine;

/** Writes lines of a snapshot, compressed, while they are collected. Such files, joined, are a snapshot. */
export async function writeLines(
  lines: AsyncIterable<SnapshotLine> | Iterable<SnapshotLine>,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  async function* text(): AsyncGenerator<string> {
    for await (const line of lines) yield `${JSON.stringify(line)}\n`;
  }
  await pipeline(Readable.from(text()), createGzip(), createWriteStream(file, { mode: 0o600 }), { signal });
}

/**
 * Reads a snapshot line by line: its head, then everything but the ends.
 *
 * @throws VedetteError `results-missing` or `results-invalid` that names the file
 */
export async function* readSnapshot(file: string): AsyncGenerator<SnapshotLine> {
  let first: SnapshotLine | undefined;
  const ended = new Set<string | null>();
  try {
    const { handle } = await openRegularFile(file);
    for await (const text of textLines(handle)) {
      const line = JSON.parse(text) as SnapshotLine;
      first ??= line;
      if (!isHead(first)) break;
      if (line.kind === 'end') ended.add(line.region);
      else yield line;
    }
  } catch (cause) {
    if (cause instanceof VedetteError) throw cause;
    throw new VedetteError('results-invalid', `${file} cannot be read as a snapshot.`, { cause });
  }
  if (first === undefined || !isHead(first)) {
    throw new VedetteError('results-invalid', `${file} is no snapshot of the format ${SNAPSHOT_FORMAT}.`);
  }
  const missing = first.places.filter((place) => !ended.has(place));
  if (missing.length > 0) {
    const names = missing.map((place) => place ?? 'services without regions').join(', ');
    throw new VedetteError('results-invalid', `${file} is not whole: it lacks ${names}.`);
  }
}

function isHead(line: SnapshotLine): line is SnapshotHead {
  return line.kind === 'head' && line.format === SNAPSHOT_FORMAT;
}

async function* textLines(file: FileHandle): AsyncGenerator<string> {
  // An error of either stream reaches the loop below by destroying the last one.
  const content = join(file.createReadStream(), createGunzip(), () => undefined).setEncoding('utf8');
  let rest = '';
  for await (const chunk of content) {
    const parts = (rest + (chunk as string)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}
