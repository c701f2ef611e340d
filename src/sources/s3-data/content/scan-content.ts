import type { DetectorSet } from '../detectors/detector-set.ts';
import type { Match } from '../detectors/found.ts';
import { Scanner } from '../detectors/scanner.ts';
import type { Encoding } from '../detectors/scanner.ts';
import { formatOf } from './format.ts';
import { inputOf, inputOfStream } from './input.ts';
import type { Input, RandomAccess } from './input.ts';
import { ContentProblem } from './problem.ts';

/** What content may need, so that none of it can take a worker down. */
export interface ContentLimits {
  /** Archives in archives. */
  depth: number;
  /** Files in archives, of one object together. */
  members: number;
  /** Bytes that come out of one object, for each that is in it; 64 MiB are always allowed. */
  ratio: number;
  /** Bytes of what is kept in memory: PDF documents, archives in archives. */
  inMemoryBytes: number;
}

export const CONTENT_LIMITS: ContentLimits = {
  depth: 8,
  members: 100_000,
  ratio: 250,
  inMemoryBytes: 48 * 1024 * 1024,
};

/** A match, and in which file of an archive; null outside of archives. */
export type ContentMatch = Match & { member: string | null };

export interface ScannedContent {
  /** That were looked at, decompressed. */
  bytes: number;
  /** Parts that were not looked at, and why: at most `MAX_PROBLEMS`, and how many there are. */
  problems: readonly MemberProblem[];
  problemCount: number;
}

export interface MemberProblem {
  member: string | null;
  kind: 'skipped' | 'failed';
  reason: string;
}

const MAX_PROBLEMS = 20;
const FREE_BYTES = 64 * 1024 * 1024;

/** What a reader of one format is given: reads parts out of the content, and hands each on. */
export interface Walk {
  limits: ContentLimits;
  signal: AbortSignal;
  /** Looks at what is in a part, whatever it is. A problem of it alone is recorded, and the others go on. */
  part: (name: string, content: () => AsyncIterable<Uint8Array>) => Promise<void>;
  /** Looks at a part that is text as it comes. */
  text: (name: string, content: AsyncIterable<Uint8Array>) => Promise<void>;
  /** A part that cannot be looked at. */
  problem: (name: string, problem: ContentProblem) => void;
}

/**
 * Looks for matches in content of any format.
 *
 * @throws ContentProblem where it, or the archive that it is, cannot be looked at whole; matches before that stand
 */
export async function scanContent(
  access: RandomAccess,
  { set, limits, signal }: { set: DetectorSet; limits: ContentLimits; signal: AbortSignal },
  onMatch: (match: ContentMatch) => void,
): Promise<ScannedContent> {
  const problems: MemberProblem[] = [];
  let problemCount = 0;
  let bytes = 0;
  let members = 0;
  let isTooMuch = false;
  const mostBytes = Math.max(FREE_BYTES, access.size * limits.ratio);

  const record = (member: string | null, { kind, message }: ContentProblem): void => {
    problemCount += 1;
    if (problems.length < MAX_PROBLEMS) problems.push({ member, kind, reason: message });
  };

  /** What no part of it can make up for. */
  const tooMuch = (): ContentProblem => {
    isTooMuch = true;
    return new ContentProblem('failed', `it expands to more than ${limits.ratio} times its size`);
  };

  async function scanText(
    content: AsyncIterable<Uint8Array>,
    encoding: Encoding,
    mark: number,
    member: string | null,
  ): Promise<void> {
    const scanner = new Scanner(set, encoding, mark, (match) => onMatch({ ...match, member }));
    let skip = mark;
    for await (const piece of counted(content)) {
      signal.throwIfAborted();
      scanner.write(skip === 0 ? piece : piece.subarray(Math.min(skip, piece.length)));
      skip -= Math.min(skip, piece.length);
    }
    scanner.finish();
  }

  /** So that no archive, however often it is packed, comes to more than is allowed. */
  async function* counted(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      bytes += piece.length;
      if (bytes > mostBytes) throw tooMuch();
      yield piece;
    }
  }

  async function scanInput(input: Input, member: string | null, depth: number): Promise<void> {
    const format = formatOf(input.head);
    if (format.kind === 'text') return scanText(input.stream(), 'bytes', 0, member);
    if (format.kind === 'utf-16') return scanText(input.stream(), format.encoding, format.mark, member);
    if (format.kind === 'unsupported')
      throw new ContentProblem('skipped', `the format is not supported: ${format.what}`);
    if (depth >= limits.depth)
      throw new ContentProblem('skipped', `archives lie in more than ${limits.depth} archives`);
    if (format.kind === 'gzip' || format.kind === 'zstd') {
      const { gunzip, unzstd } = await import('./compressed.ts');
      const unpacked = (format.kind === 'gzip' ? gunzip : unzstd)(input.stream());
      return scanInput(await inputOfStream(limited(unpacked)), member, depth + 1);
    }
    await walkFormat(format.kind, input, walk(member, depth));
  }

  /** What comes out of an archive counts also while it is only the way to what is in it. */
  async function* limited(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let passed = 0;
    for await (const piece of content) {
      passed += piece.length;
      if (passed > mostBytes) throw tooMuch();
      yield piece;
    }
  }

  function walk(outer: string | null, depth: number): Walk {
    const nameOf = (name: string) => (outer === null ? name : `${outer}!${name}`);
    const each = async (name: string, work: (member: string) => Promise<void>): Promise<void> => {
      members += 1;
      if (members > limits.members) {
        throw new ContentProblem('failed', `there are more than ${limits.members} files in it`);
      }
      const member = nameOf(name);
      try {
        await work(member);
      } catch (error) {
        if (!(error instanceof ContentProblem) || isTooMuch) throw error;
        record(member, error);
      }
    };
    return {
      limits,
      signal,
      part: (name, content) =>
        each(name, async (member) => scanInput(await inputOfStream(limited(content())), member, depth + 1)),
      text: (name, content) => each(name, (member) => scanText(content, 'bytes', 0, member)),
      problem: (name, problem) => record(nameOf(name), problem),
    };
  }

  await scanInput(await inputOf(access), null, 0);
  return { bytes, problems, problemCount };
}

async function walkFormat(
  kind: 'zip' | 'tar' | 'parquet' | 'avro' | 'pdf',
  input: Input,
  walk: Walk,
): Promise<void> {
  switch (kind) {
    case 'zip':
      return (await import('./zip.ts')).walkZip(input, walk);
    case 'tar':
      return (await import('./tar.ts')).walkTar(input, walk);
    case 'parquet':
      return (await import('./parquet.ts')).walkParquet(input, walk);
    case 'avro':
      return (await import('./avro.ts')).walkAvro(input, walk);
    case 'pdf':
      return (await import('./pdf.ts')).walkPdf(input, walk);
  }
}
