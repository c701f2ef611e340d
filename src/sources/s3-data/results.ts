import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { VedetteError } from '../../errors.ts';

/** The results file: a head, then what the batches left, one JSON value a line. */
export type ResultLine =
  | {
      kind: 'head';
      source: 's3-data';
      version: string;
      accountId: string;
      startedAt: string;
      bucket: string;
      prefix: string;
      /** False for a job over some objects only: what it does not name was not looked at. */
      isWhole: boolean;
      detectors: readonly string[];
    }
  /** An object in which something was found: how much, by detector. */
  | { kind: 'object'; key: string; matches: Readonly<Record<string, number>> }
  /** An object that was not looked at, or not whole. */
  | { kind: 'unseen'; key: string; reason: string }
  | { kind: 'clean'; objects: number };

export function lineOf(line: ResultLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** @throws VedetteError `results-missing` or `results-invalid` */
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
