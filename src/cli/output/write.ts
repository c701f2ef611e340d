import { ExitCode } from '../../errors.ts';

const BATCH_CHARACTERS = 64 * 1024;

/** Whether somebody still reads the results: `head` does not after the first lines, and that is no error. */
let read = true;

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  read = false;
  if (error.code === 'EPIPE') return;
  tell(`error: The result cannot be written: ${error.message}`);
  process.exit(ExitCode.Failed);
});

/** Results: the only writer to stdout. */
export function write(text: string): void {
  if (read) process.stdout.write(text);
}

/**
 * Writes and waits where the reader is slower than we are; ends early when nobody reads any more. Small parts are written
 * together, unless a person may be waiting for them.
 */
export async function writeAll(parts: AsyncIterable<string>): Promise<void> {
  const together = process.stdout.isTTY ? 0 : BATCH_CHARACTERS;
  let batch = '';
  try {
    for await (const part of parts) {
      if (!read) return;
      batch += part;
      if (batch.length <= together) continue;
      const wrote = process.stdout.write(batch);
      batch = '';
      if (!wrote) await drained();
    }
  } finally {
    write(batch);
  }
}

function drained(): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      process.stdout.off('drain', done).off('close', done);
      resolve();
    };
    process.stdout.on('drain', done).on('close', done);
  });
}

/** Writes text to a terminal on which something is drawn that must stay below it. */
type DrawAround = (text: string) => void;
let around: DrawAround | undefined;

/** From now on, what is told is written by `draw`; undefined when nothing is drawn any more. */
export function drawAround(draw: DrawAround | undefined): void {
  around = draw;
}

/** Everything that is not a result. */
export function tell(text: string): void {
  if (around === undefined) process.stderr.write(`${text}\n`);
  else around(`${text}\n`);
}

export function onTerminal(): boolean {
  return process.stdout.isTTY;
}

export function stderrOnTerminal(): boolean {
  return process.stderr.isTTY;
}
