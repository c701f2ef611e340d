import { ExitCode } from '../../errors.ts';

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

/** Writes and waits where the reader is slower than we are; ends early when nobody reads any more. */
export async function writeAll(parts: AsyncIterable<string>): Promise<void> {
  for await (const part of parts) {
    if (!read) return;
    if (!process.stdout.write(part)) await drained();
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

/** Everything that is not a result. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

export function onTerminal(): boolean {
  return process.stdout.isTTY;
}

export function stderrOnTerminal(): boolean {
  return process.stderr.isTTY;
}
