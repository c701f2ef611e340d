import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { VedetteError } from '../../../src/errors.ts';

/** The results file: a head, then what the batches left, one JSON value a line. */
export type ResultLine =
  | {
      kind: 'head';
      tool: 'tiny';
      accountId: string;
      startedAt: string;
      prefix: string;
      buckets: readonly { name: string; region: string; public: boolean }[];
    }
  /** Objects of one bucket that were read; `found` are the keys of private keys among them. */
  | { kind: 'objects'; bucket: string; read: number; found: readonly string[] }
  /** Objects of one bucket that were not. */
  | { kind: 'unseen'; bucket: string; reason: string };

export function lineOf(line: ResultLine): string {
  return `${JSON.stringify(line)}\n`;
}

export async function* readLines(file: string): AsyncGenerator<ResultLine> {
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
      number += 1;
      yield JSON.parse(line) as ResultLine;
    }
  } catch (cause) {
    const type = number === 0 ? 'results-missing' : 'results-invalid';
    throw new VedetteError(type, `${file} cannot be read at line ${number}.`, { cause });
  }
}
