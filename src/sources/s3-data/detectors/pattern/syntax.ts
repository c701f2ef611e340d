import { VedetteError } from '../../../../errors.ts';

/** Which of the 256 bytes. */
export type ByteSet = Uint8Array;

export type Node =
  | { kind: 'set'; set: ByteSet }
  | { kind: 'sequence' | 'choice'; parts: readonly Node[] }
  /** `max` is null for as often as it goes. */
  | { kind: 'repeat'; part: Node; min: number; max: number | null };

export interface Parsed {
  root: Node;
  /** What must not stand right before and right after a match; null where anything may. */
  notBefore: ByteSet | null;
  notAfter: ByteSet | null;
}

const MAX_REPEAT = 256;
const SPECIAL = '\\^$.|?*+()[]{}';

/**
 * Reads a pattern. It is written as regular expressions are: characters, `.`, `[a-z]`, `[^…]`, `\d \w \s` and their
 * opposites, `\n \r \t \xHH`, `(…)`, `(?:…)`, `|`, `? * + {m,n}`; `(?i)` at its beginning for either case, and at its two
 * ends `\b`, `(?<!set)` and `(?!set)`. There is nothing else, so that any pattern takes linear time.
 *
 * @throws VedetteError `config-invalid` that says where it is wrong
 */
export function parsePattern(source: string): Parsed {
  return new Parser(source).parse();
}

export function byteSet(isIn: (byte: number) => boolean): ByteSet {
  return Uint8Array.from({ length: 256 }, (_, byte) => Number(isIn(byte)));
}

const within = (characters: string) => byteSet((byte) => characters.includes(String.fromCharCode(byte)));
const not = (set: ByteSet) => byteSet((byte) => set[byte] === 0);
const DIGITS = within('0123456789');
const WORD = byteSet((byte) => /\w/.test(String.fromCharCode(byte)) && byte < 128);
const SPACES = within(' \t\n\r\f\v');
const ESCAPED: Readonly<Record<string, ByteSet>> = {
  d: DIGITS,
  D: not(DIGITS),
  w: WORD,
  W: not(WORD),
  s: SPACES,
  S: not(SPACES),
  n: within('\n'),
  r: within('\r'),
  t: within('\t'),
};
const ANY_OF_LINE = byteSet((byte) => byte !== 0x0a && byte !== 0x0d);

class Parser {
  private at = 0;
  private readonly ignoresCase: boolean;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
    this.ignoresCase = this.take('(?i)');
  }

  parse(): Parsed {
    let notBefore: ByteSet | null = null;
    let notAfter: ByteSet | null = null;
    if (this.take('\\b')) notBefore = WORD;
    else if (this.take('(?<!')) notBefore = this.aroundSet();
    const root = this.choice();
    if (this.take('\\b')) notAfter = WORD;
    else if (this.take('(?!')) notAfter = this.aroundSet();
    if (this.at < this.source.length) throw this.wrong();
    if (isNullable(root)) throw this.wrong('it matches nothing at all, everywhere');
    return { root, notBefore, notAfter };
  }

  private choice(): Node {
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    return parts.length === 1 ? (parts[0] as Node) : { kind: 'choice', parts };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    while (this.at < this.source.length && !this.isNext('|', ')', '\\b', '(?!')) parts.push(this.repeated());
    return { kind: 'sequence', parts };
  }

  private repeated(): Node {
    const part = this.atom();
    const range = this.quantifier();
    return range === null ? part : { kind: 'repeat', part, ...range };
  }

  private quantifier(): { min: number; max: number | null } | null {
    if (this.take('?')) return { min: 0, max: 1 };
    if (this.take('*')) return { min: 0, max: null };
    if (this.take('+')) return { min: 1, max: null };
    const [text, least, comma, most] = /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(this.source.slice(this.at)) ?? [];
    if (text === undefined) return null;
    const min = Number(least);
    const max = comma === '' ? min : most === '' ? null : Number(most);
    if (min > MAX_REPEAT || (max ?? 0) > MAX_REPEAT || (max ?? min) < min) {
      throw this.wrong(`repeats are at most ${MAX_REPEAT}`);
    }
    this.at += text.length;
    return { min, max };
  }

  private atom(): Node {
    if (this.take('(?:') || (!this.isNext('(?') && this.take('('))) {
      const inner = this.choice();
      if (!this.take(')')) throw this.wrong('a bracket is not closed');
      return inner;
    }
    if (this.isNext('[')) return this.setNode(this.set());
    if (this.take('.')) return this.setNode(ANY_OF_LINE);
    if (this.isNext('\\')) return this.setNode(this.escape());
    const character = String.fromCodePoint(this.source.codePointAt(this.at) as number);
    if (SPECIAL.includes(character) && !'{}]'.includes(character)) throw this.wrong();
    this.at += character.length;
    const bytes = [...new TextEncoder().encode(character)];
    return { kind: 'sequence', parts: bytes.map((byte) => this.setNode(byteSet((one) => one === byte))) };
  }

  private setNode(set: ByteSet): Node {
    return { kind: 'set', set: this.ignoresCase ? eitherCase(set) : set };
  }

  private escape(): ByteSet {
    const [text, hex, character] =
      /^\\(?:x([\da-fA-F]{2})|([\x21-\x7e]))/.exec(this.source.slice(this.at)) ?? [];
    if (text === undefined) throw this.wrong();
    if (hex === undefined && /[A-Za-z0-9]/.test(character ?? '') && !((character as string) in ESCAPED)) {
      throw this.wrong(`there is no ${text} here`);
    }
    this.at += text.length;
    if (hex !== undefined) return byteSet((byte) => byte === Number.parseInt(hex, 16));
    return ESCAPED[character as string] ?? within(character as string);
  }

  private set(): ByteSet {
    this.take('[');
    const isNegated = this.take('^');
    const set = new Uint8Array(256);
    for (let first = true; first || !this.isNext(']'); first = false) {
      if (this.at >= this.source.length) throw this.wrong('a [ is not closed');
      const from = this.setItem();
      const [low] = membersOf(from);
      if (this.isNext('-') && !this.isNext('-]') && membersOf(from).length === 1) {
        this.at += 1;
        const [high] = membersOf(this.setItem());
        if (low === undefined || high === undefined || high < low)
          throw this.wrong('a range is the wrong way round');
        set.fill(1, low, high + 1);
      } else {
        for (const byte of membersOf(from)) set[byte] = 1;
      }
    }
    this.take(']');
    return isNegated ? not(this.ignoresCase ? eitherCase(set) : set) : set;
  }

  private setItem(): ByteSet {
    if (this.isNext('\\')) return this.escape();
    const character = this.source[this.at] as string;
    if (character.charCodeAt(0) > 127) throw this.wrong('a set holds ASCII only');
    this.at += 1;
    return within(character);
  }

  private aroundSet(): ByteSet {
    const set = this.isNext('[') ? this.set() : this.escape();
    if (!this.take(')')) throw this.wrong('what surrounds a match is one set');
    return this.ignoresCase ? eitherCase(set) : set;
  }

  private isNext(...texts: readonly string[]): boolean {
    return texts.some((text) => this.source.startsWith(text, this.at));
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private wrong(why = 'this cannot stand here'): VedetteError {
    const where = `${this.source.slice(0, this.at)} ⟨here⟩ ${this.source.slice(this.at)}`;
    return new VedetteError('config-invalid', `A pattern cannot be read, ${why}: ${where}`);
  }
}

function membersOf(set: ByteSet): number[] {
  return [...set.keys()].filter((byte) => set[byte] === 1);
}

function eitherCase(set: ByteSet): ByteSet {
  return byteSet((byte) => {
    const character = String.fromCharCode(byte);
    const isLetter = /[A-Za-z]/.test(character);
    return set[byte] === 1 || (isLetter && set[byte ^ 0x20] === 1);
  });
}

function isNullable(node: Node): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'sequence':
      return node.parts.every(isNullable);
    case 'choice':
      return node.parts.some(isNullable);
    case 'repeat':
      return node.min === 0 || isNullable(node.part);
  }
}
