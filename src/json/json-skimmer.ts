import { MAX_SPAN_CHUNK_BYTES, NoEnd, SpanReader } from './json-span.ts';

/**
 * What to do with a value: pass over it, look inside (objects only; anything else is kept), look at its elements one by one
 * (lists only; anything else is kept), either of these (`inside`), or parse it.
 */
export type Choice = 'skip' | 'enter' | 'each' | 'inside' | 'keep';

/** The key of an element in the path of a list that is looked into. */
export const ELEMENT = '[]';

/** Where a value stands, so that it can be read again. */
export interface FileRange {
  /** Of its first byte in the file. */
  offset: number;
  bytes: number;
}

/** Paths are lists of keys from the root; they are only valid during the call. */
export interface JsonVisitor {
  choose(path: readonly string[]): Choice;
  value(path: readonly string[], value: unknown, range: FileRange): void;
  /** How long a kept value may be, in bytes; longer ones are refused. */
  mostBytes?(path: readonly string[]): number;
  /** An entered object or list has ended. */
  leave?(path: readonly string[], range: FileRange): void;
}

export interface SkimmerOptions {
  /** Where in the file the first byte lies; added to the offsets of problems. */
  startOffset?: number;
  /** The longest value that is kept; longer ones are refused. */
  maxKeptBytes?: number;
  /** What the whole text is; an object unless told otherwise. The elements of a list are chosen by the path `[ELEMENT]`. */
  root?: 'object' | 'list';
}

/** Makes the error for a problem at an offset of the file. */
export type Reject = (problem: string, offset: number) => Error;

type State =
  | 'value'
  | 'first-element'
  | 'first-key'
  | 'key'
  | 'key-text'
  | 'colon'
  | 'after-value'
  | 'text'
  | 'span'
  | 'scalar'
  | 'done';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const SEMICOLON = 0x3b;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** 1 for the bytes that end or interrupt the plain text of a string: quote, backslash, control characters. */
const interruptsText = new Uint8Array(256).fill(1, 0, 0x20);
interruptsText[QUOTE] = interruptsText[BACKSLASH] = 1;

const MAX_KEPT_BYTES = 256 * 1024 * 1024;
const MAX_KEY_BYTES = 1024 * 1024;

/**
 * Reads one JSON object, or one list, that is fed in chunks of any size, at the speed of a byte scan: only the values that the
 * visitor keeps are parsed. Memory is one chunk and the largest kept value.
 *
 * Guaranteed of the whole text: it is complete, strings end, brackets match, no stray control characters, and the
 * syntax of every entered object. The inside of skipped values is not checked further. `NaN` and `Infinity`, which
 * Python writes, are read as null. White space and `;` may follow.
 */
export class JsonSkimmer {
  private readonly visitor: JsonVisitor;
  private readonly reject: Reject;
  private readonly maxKeptBytes: number;
  private readonly root: 'object' | 'list';
  private readonly path: string[] = [];
  private state: State = 'value';
  /** Offset in the file of the current chunk's first byte. */
  private offset: number;
  /** The entered objects and lists: their offsets in the file. */
  private readonly entered: { offset: number; isList: boolean }[] = [];

  private readonly span = new SpanReader();
  /** Whether the chunk before ended inside a text or key, and just after a backslash. */
  private inText = false;
  private escaped = false;
  /** Whether the current value or key is wanted, and what earlier chunks held of it. */
  private keeping = false;
  private parts: Buffer[] = [];
  private partsBytes = 0;
  /** How many bytes of it may be held. */
  private mostBytes = 0;

  constructor(visitor: JsonVisitor, reject: Reject, options: SkimmerOptions = {}) {
    this.visitor = visitor;
    this.reject = reject;
    this.offset = options.startOffset ?? 0;
    this.maxKeptBytes = options.maxKeptBytes ?? MAX_KEPT_BYTES;
    this.root = options.root ?? 'object';
  }

  /** The chunk may be reused afterwards. */
  write(chunk: Buffer): void {
    for (let start = 0; start < chunk.length; start += MAX_SPAN_CHUNK_BYTES) {
      this.writePart(chunk.subarray(start, start + MAX_SPAN_CHUNK_BYTES));
    }
  }

  end(): void {
    if (this.state !== 'done') throw this.problem(`ends in the middle of ${this.where()}`, 0);
  }

  private writePart(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) at = this.step(chunk, at);
    this.offset += chunk.length;
  }

  /** Consumes one token, or what the chunk holds of it; gives the index after it. */
  private step(chunk: Buffer, at: number): number {
    if (this.state === 'key-text') return this.readKey(chunk, at);
    if (this.state === 'text' || this.state === 'span') return this.readTextOrSpan(chunk, at);
    if (this.state === 'scalar') return this.readScalar(chunk, at);
    const byte = chunk[at] as number;
    if (isSpace(byte)) return at + 1;
    if (this.state === 'value') return this.startValue(byte, at);
    if (this.state === 'first-element' && byte !== CLOSE_BRACKET) {
      this.nextElement();
      return at;
    }
    this.punctuate(byte, at);
    return at + 1;
  }

  private punctuate(byte: number, at: number): void {
    const { state } = this;
    if ((state === 'first-key' || state === 'key') && byte === QUOTE) {
      this.keeping = true;
      this.mostBytes = Math.min(MAX_KEY_BYTES, this.maxKeptBytes);
      this.state = 'key-text';
    } else if (state === 'after-value' && this.entered.at(-1)?.isList === true) {
      if (byte === COMMA) this.nextElement();
      else if (byte === CLOSE_BRACKET) this.close(at + 1);
      else throw this.problem(`has an unexpected ${describe(byte)} in ${this.where()}`, at);
    } else if (state === 'first-element') {
      this.close(at + 1);
    } else if ((state === 'first-key' || state === 'after-value') && byte === CLOSE_BRACE) {
      this.close(at + 1);
    } else if (state === 'colon' && byte === COLON) {
      this.state = 'value';
    } else if (state === 'after-value' && byte === COMMA) {
      this.state = 'key';
    } else if (state !== 'done' || byte !== SEMICOLON) {
      throw this.problem(`has an unexpected ${describe(byte)} in ${this.where()}`, at);
    }
  }

  /** Leaves the first byte of anything but an entered object to the reader of that value. */
  private startValue(byte: number, at: number): number {
    const isRoot = this.path.length === 0;
    if (isRoot && byte !== (this.root === 'list' ? OPEN_BRACKET : OPEN_BRACE)) {
      throw this.problem(`does not hold a JSON ${this.root}`, at);
    }
    const choice = isRoot ? 'inside' : this.visitor.choose(this.path);
    const isList = byte === OPEN_BRACKET && (choice === 'each' || choice === 'inside');
    if (isList || (byte === OPEN_BRACE && (choice === 'enter' || choice === 'inside'))) {
      this.state = isList ? 'first-element' : 'first-key';
      this.entered.push({ offset: this.offset + at, isList });
      return at + 1;
    }
    this.keeping = choice !== 'skip';
    const most = this.keeping ? this.visitor.mostBytes?.(this.path) : undefined;
    this.mostBytes = Math.min(most ?? this.maxKeptBytes, this.maxKeptBytes);
    this.state = byte === QUOTE ? 'text' : opens(byte) ? 'span' : 'scalar';
    return at;
  }

  private nextElement(): void {
    this.path.push(ELEMENT);
    this.state = 'value';
  }

  private close(end: number): void {
    const { offset } = this.entered.pop() as { offset: number };
    this.visitor.leave?.(this.path, { offset, bytes: this.offset + end - offset });
    this.state = this.path.pop() === undefined ? 'done' : 'after-value';
  }

  private readKey(chunk: Buffer, from: number): number {
    const end = this.endOfString(chunk, from);
    if (end < 0) {
      this.hold(chunk, from, chunk.length);
      return chunk.length;
    }
    const text = this.take(chunk, from, end - 1);
    this.path.push(text.includes('\\') ? (this.parse(`"${text}"`, end) as string) : text);
    this.state = 'colon';
    return end;
  }

  /** A string, list or object, from its first byte to its last. */
  private readTextOrSpan(chunk: Buffer, from: number): number {
    const end = this.state === 'text' ? this.endOfValueText(chunk, from) : this.endOfSpan(chunk, from);
    if (end < 0) {
      if (this.keeping) this.hold(chunk, from, chunk.length);
      return chunk.length;
    }
    this.finishValue(chunk, from, end);
    return end;
  }

  /** A number, `true`, `false` or `null`; its end is only known by what follows. */
  private readScalar(chunk: Buffer, from: number): number {
    let at = from;
    while (at < chunk.length && !endsScalar(chunk[at] as number)) at += 1;
    if (at === chunk.length) this.hold(chunk, from, at);
    else if (at === from && this.partsBytes === 0) throw this.problem(`has no value for ${this.where()}`, at);
    else this.finishScalar(chunk, from, at);
    return at;
  }

  /** Checked even when it is passed over: there is no other end to it than what follows. */
  private finishScalar(chunk: Buffer, from: number, end: number): void {
    const bytes = this.partsBytes + end - from;
    const value = this.parse(this.take(chunk, from, end), end);
    if (this.keeping) this.hand(value, end, bytes);
    this.nextMember();
  }

  private finishValue(chunk: Buffer, from: number, end: number): void {
    if (this.keeping) {
      const bytes = this.partsBytes + end - from;
      this.hand(this.parse(this.take(chunk, from, end), end), end, bytes);
    }
    this.nextMember();
  }

  private hand(value: unknown, end: number, bytes: number): void {
    this.visitor.value(this.path, value, { offset: this.offset + end - bytes, bytes });
  }

  private nextMember(): void {
    this.path.pop();
    this.state = 'after-value';
  }

  /** Index after the closing quote, or -1 when the string goes on in the next chunk. */
  private endOfString(chunk: Buffer, from: number): number {
    let at = from;
    if (this.escaped) {
      this.escaped = false;
      at += 1;
    }
    while (at < chunk.length) {
      at = endOfPlainText(chunk, at);
      if (at === chunk.length) return -1;
      const byte = chunk[at] as number;
      if (byte === QUOTE) return at + 1;
      if (byte !== BACKSLASH)
        throw this.problem(`has a raw ${describe(byte)} in a text of ${this.where()}`, at);
      at += 2;
    }
    this.escaped = at > chunk.length;
    return -1;
  }

  /** The same of a value, whose opening quote is a part of it. */
  private endOfValueText(chunk: Buffer, from: number): number {
    const end = this.endOfString(chunk, this.inText ? from : from + 1);
    this.inText = end < 0;
    return end;
  }

  /** Index after the bracket that closes the object or list, or -1 when it goes on in the next chunk. */
  private endOfSpan(chunk: Buffer, from: number): number {
    const end = this.span.endOfSpan(chunk, from);
    if (end >= NoEnd.GoesOn) return end;
    const at = this.span.brokenAt;
    const byte = describe(chunk[at] as number);
    if (end === NoEnd.TooDeep) throw this.problem(`is nested too deeply in ${this.where()}`, at);
    if (end === NoEnd.ControlInText) throw this.problem(`has a raw ${byte} in a text of ${this.where()}`, at);
    throw this.problem(`has an unexpected ${byte} in ${this.where()}`, at);
  }

  private hold(chunk: Buffer, from: number, end: number): void {
    this.count(end - from, end);
    this.parts.push(Buffer.from(chunk.subarray(from, end)));
  }

  /** The whole text of the current value or key: what earlier chunks held of it, and its end. */
  private take(chunk: Buffer, from: number, end: number): string {
    this.count(end - from, end);
    this.partsBytes = 0;
    if (this.parts.length === 0) return chunk.toString('utf8', from, end);
    const whole = Buffer.concat([...this.parts, chunk.subarray(from, end)]);
    this.parts = [];
    return whole.toString('utf8');
  }

  private count(bytes: number, at: number): void {
    this.partsBytes += bytes;
    if (this.partsBytes > this.mostBytes) {
      throw this.problem(`has more than ${this.mostBytes} bytes in ${this.where()}`, at);
    }
  }

  private parse(text: string, at: number): unknown {
    try {
      return parseAsPythonWrites(text);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw this.problem(`is not valid JSON in ${this.where()} (${reason.slice(0, 100)})`, at);
    }
  }

  private where(): string {
    const path = this.path.join('.');
    return path === '' ? 'the results' : path.slice(0, 200);
  }

  private problem(text: string, at: number): Error {
    return this.reject(text, this.offset + at);
  }
}

/** Four bytes at a time: that is a sixth faster. */
function endOfPlainText(chunk: Buffer, from: number): number {
  const interrupts = (at: number) => interruptsText[chunk[at] as number] as number;
  const lastFour = chunk.length - 4;
  let at = from;
  while (
    at <= lastFour &&
    (interrupts(at) | interrupts(at + 1) | interrupts(at + 2) | interrupts(at + 3)) === 0
  )
    at += 4;
  while (at < chunk.length && interrupts(at) === 0) at += 1;
  return at;
}

const STRING_OR_NON_FINITE = /"[^"\\]*(?:\\.[^"\\]*)*"|-?Infinity|NaN/g;

/** Python's json module writes numbers that are not finite as bare words, which JSON does not have. */
export function parseAsPythonWrites(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(
      text.replace(STRING_OR_NON_FINITE, (token) => (token.startsWith('"') ? token : 'null')),
    );
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function opens(byte: number): boolean {
  return byte === OPEN_BRACE || byte === OPEN_BRACKET;
}

function endsScalar(byte: number): boolean {
  return byte <= 0x20 || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET;
}

function describe(byte: number): string {
  const hex = byte.toString(16).padStart(2, '0');
  return byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte 0x${hex}`;
}
