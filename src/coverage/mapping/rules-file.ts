import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { VedetteError } from '../../errors.ts';
import { openRegularFile } from '../../regular-file.ts';
import type { Provider } from '../data.ts';
import type { NamedEvent } from './event-name.ts';
import { mapEvents } from './map-events.ts';

/** A rule as its author names what it watches. */
export interface GivenRule {
  id: string;
  provider: Provider;
  events: readonly NamedEvent[];
}

export interface RankedRule {
  id: string;
  techniques: readonly { id: string; score: number; evidence: readonly string[] }[];
}

const given = z.object({
  id: z.union([z.string(), z.number().transform(String)]),
  provider: z.enum(['aws', 'gcp']),
  events: z
    .array(
      z.object({
        source: z
          .string()
          .nullish()
          .transform((source) => source ?? ''),
        name: z.string().min(1),
      }),
    )
    .min(1),
});

/**
 * The rules of a file of JSON lines, one after the other.
 *
 * @throws VedetteError `results-missing` or `results-invalid`, naming the file and the line
 */
export async function* rulesOf(file: string): AsyncGenerator<GivenRule> {
  let number = 0;
  const { handle } = await openRegularFile(file, 'Name a file with one rule a line.');
  try {
    for await (const line of linesOf(handle)) {
      number += 1;
      const place = `${file}, line ${number}`;
      if (line.length > MOST_CHARACTERS) {
        const problem = `${place} has more than ${MOST_CHARACTERS} characters.`;
        throw new VedetteError('results-invalid', problem, { remedy: REMEDY });
      }
      const text = line.replace(/^\uFEFF/, '').trim();
      if (text !== '') yield ruleOf(text, place);
    }
  } catch (cause) {
    if (cause instanceof VedetteError) throw cause;
    throw new VedetteError('results-missing', `${file} cannot be read (${String(cause)}).`, { cause });
  } finally {
    await handle.close();
  }
}

/** The last one is cut where it is longer than a line may be: nobody reads what follows. */
async function* linesOf(file: FileHandle): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of file.createReadStream({ encoding: 'utf8' })) {
    const lines = `${rest}${piece as string}`.split('\n');
    rest = lines.pop() as string;
    yield* lines;
    if (rest.length > MOST_CHARACTERS) break;
  }
  if (rest !== '') yield rest;
}

/** Of a line. */
const MOST_CHARACTERS = 1024 * 1024;

const REMEDY =
  'Each line is like {"id": "r1", "provider": "aws", "events": [{"source": "s3.amazonaws.com", "name": "DeleteBucket"}]}.';

function ruleOf(text: string, place: string): GivenRule {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new VedetteError('results-invalid', `${place} is no JSON.`, { cause, remedy: REMEDY });
  }
  const { success, data, error } = given.safeParse(parsed);
  if (success) return data;
  const [issue] = error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new VedetteError(
    'results-invalid',
    `${place}: ${field === '' ? '' : `${field}: `}${issue?.message}.`,
    {
      remedy: REMEDY,
    },
  );
}

/** The techniques of a rule, best first. */
export function rankTechniques({ id, provider, events }: GivenRule): RankedRule {
  return {
    id,
    techniques: mapEvents(provider, events).map(({ id: technique, relevance, evidence }) => ({
      id: technique,
      score: relevance,
      evidence,
    })),
  };
}
