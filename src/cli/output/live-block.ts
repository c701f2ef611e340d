import { clearScreenDown, moveCursor } from 'node:readline';

/** Some lines at the bottom of the terminal that are drawn again and again, on stderr. */
export class LiveBlock {
  #height = 0;

  /** A line that stays, above the block. */
  print(line: string): void {
    this.#erase();
    process.stderr.write(`${line}\n`);
  }

  redraw(lines: readonly string[]): void {
    this.#erase();
    const { columns, rows } = process.stderr;
    // What does not fit on the screen could not be erased again.
    const hidden = Math.max(0, lines.length - (rows - 2));
    const shown = lines
      .slice(hidden)
      .map((line) => (line.length < columns ? line : `${line.slice(0, columns - 2)}…`));
    for (const line of shown) process.stderr.write(`${line}\n`);
    this.#height = shown.length;
  }

  #erase(): void {
    if (this.#height === 0) return;
    moveCursor(process.stderr, 0, -this.#height);
    clearScreenDown(process.stderr);
    this.#height = 0;
  }
}
