import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import { cutEnd } from './terminal.ts';
import { drawAround } from './write.ts';

/** Some lines at the bottom of the terminal that are drawn again and again, on stderr; what is told stays above them. */
export class LiveBlock {
  #height = 0;
  #lines: readonly string[] = [];

  constructor() {
    drawAround((text) => {
      const lines = this.#lines;
      this.#erase();
      process.stderr.write(text);
      this.redraw(lines);
    });
  }

  redraw(lines: readonly string[]): void {
    this.#erase();
    const { columns, rows } = process.stderr;
    // What does not fit on the screen could not be erased again.
    const hidden = Math.max(0, lines.length - (rows - 2));
    const shown = lines.slice(hidden).map((line) => cutEnd(line, columns - 1));
    for (const line of shown) process.stderr.write(`${line}\n`);
    this.#height = shown.length;
    this.#lines = lines;
  }

  close(): void {
    this.#erase();
    drawAround(undefined);
  }

  #erase(): void {
    if (this.#height === 0) return;
    // The terminal may have shown a key, such as Ctrl-C, at the beginning of the line.
    cursorTo(process.stderr, 0);
    moveCursor(process.stderr, 0, -this.#height);
    clearScreenDown(process.stderr);
    this.#height = 0;
    this.#lines = [];
  }
}
