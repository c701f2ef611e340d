import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VedetteError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';

/** More bytes are not looked at together. They stay in the processor's cache while they are. */
export const MAX_SPAN_CHUNK_BYTES = 128 * 1024;

/** In place of an end: the span goes on in the next chunk, or why it is broken. */
export const NoEnd = { GoesOn: -1, Unexpected: -2, ControlInText: -3, TooDeep: -4 } as const;

const OUTSIDE_OF_TEXTS = 0;
const NO_BRACKETS: Uint8Array = new Uint8Array();

/**
 * Finds the end of one object or list after the other, in chunks. Guaranteed of all that it passes over: texts end,
 * brackets match and are nested at most 1000 deep, and there is no stray control character.
 */
export class SpanReader {
  /** Where the span is broken, after such a result. */
  brokenAt = 0;
  /** How it stands with the span that goes on: its open brackets, and whether it is inside a text. */
  private brackets = NO_BRACKETS;
  private text = OUTSIDE_OF_TEXTS;

  /**
   * Index after the bracket that closes the span, which begins at `from` or went on before; or one of `NoEnd`.
   *
   * @param chunk At most `MAX_SPAN_CHUNK_BYTES`; the same array means the same bytes.
   */
  endOfSpan(chunk: Uint8Array, from: number): number {
    kernel ??= new Kernel();
    kernel.lookAt(chunk);
    const end = kernel.endOfSpan(from, this.brackets, this.text);
    if (end === NoEnd.GoesOn) {
      ({ brackets: this.brackets, text: this.text } = kernel.state());
    } else {
      this.brackets = NO_BRACKETS;
      this.text = OUTSIDE_OF_TEXTS;
      if (end < 0) this.brokenAt = kernel.brokenAt();
    }
    return end;
  }
}

/** One for all readers: it keeps nothing from one call to the next but a copy of the bytes. */
let kernel: Kernel | undefined;

/** Where json-span.wat has what. */
const STATE = 0x400;
const BYTES = 0x1000;
const PADDING = 16;
const SPACE = 0x20;

interface Exports {
  memory: { buffer: ArrayBuffer };
  endOfSpan: (from: number, to: number, depth: number, text: number) => number;
}

/** Node has it, its types do not. */
declare const WebAssembly: {
  Module: new (binary: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
};

class Kernel {
  private readonly run: Exports['endOfSpan'];
  private readonly memory: Uint8Array;
  /** The depth, whether in a text, and the address of what is broken. */
  private readonly words: Int32Array;
  private chunk: Uint8Array | undefined;

  constructor() {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary()));
    const { memory, endOfSpan } = exports as Exports;
    this.run = endOfSpan;
    this.memory = new Uint8Array(memory.buffer);
    this.words = new Int32Array(memory.buffer, STATE, 3);
  }

  lookAt(chunk: Uint8Array): void {
    if (chunk === this.chunk) return;
    this.memory.set(chunk, BYTES);
    this.memory.fill(SPACE, BYTES + chunk.length, BYTES + chunk.length + PADDING);
    this.chunk = chunk;
  }

  endOfSpan(from: number, brackets: Uint8Array, text: number): number {
    this.memory.set(brackets);
    const to = BYTES + (this.chunk?.length ?? 0);
    const end = this.run(BYTES + from, to, brackets.length, text);
    return end < 0 ? end : end - BYTES;
  }

  state(): { brackets: Uint8Array; text: number } {
    const [depth = 0, text = 0] = this.words;
    return { brackets: this.memory.slice(0, depth), text };
  }

  brokenAt(): number {
    return (this.words[2] as number) - BYTES;
  }
}

function binary(): Uint8Array {
  const file = join(packageRoot(), 'dist', 'json-span.wasm');
  try {
    return readFileSync(file);
  } catch (cause) {
    const remedy = 'Run npm run build, or install vedette again.';
    throw new VedetteError('unexpected', `${file}, a part of vedette, cannot be read.`, { cause, remedy });
  }
}
