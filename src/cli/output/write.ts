/** Results: the only writer to stdout. */
export function write(text: string): void {
  process.stdout.write(text);
}

/** Writes and waits where the reader is slower than we are. */
export async function writeAll(parts: AsyncIterable<string>): Promise<void> {
  for await (const part of parts) {
    if (!process.stdout.write(part)) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
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
