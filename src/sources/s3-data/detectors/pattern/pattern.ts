import { MATCH_LIMITS } from '../match.ts';
import type { Span } from '../match.ts';
import { Automaton, DEAD } from './automaton.ts';
import { parsePattern } from './syntax.ts';
import type { ByteSet, Node } from './syntax.ts';

/**
 * A pattern that is looked for in linear time: once from the end of the bytes, which tells where matches begin, and from
 * each beginning on to the end of the longest match there.
 */
export class Pattern {
  readonly source: string;
  private readonly maxLength: number;
  private readonly notBefore: ByteSet | null;
  private readonly notAfter: ByteSet | null;
  private readonly root: Node;
  private automata: { backwards: Automaton; forwards: Automaton } | undefined;
  private begins = new Uint8Array(0);

  /** @throws VedetteError `config-invalid` that says where it is wrong */
  constructor(source: string, maxLength: number = MATCH_LIMITS.length) {
    const { root, notBefore, notAfter } = parsePattern(source);
    this.source = source;
    this.maxLength = maxLength;
    this.notBefore = notBefore;
    this.notAfter = notAfter;
    this.root = root;
  }

  /**
   * Makes what it is looked for with, once.
   *
   * @throws VedetteError `config-invalid` when it is too large
   */
  prepare(): { backwards: Automaton; forwards: Automaton } {
    this.automata ??= {
      backwards: new Automaton(this.root, { reversed: true, searches: true }),
      forwards: new Automaton(this.root, { reversed: false, searches: false }),
    };
    return this.automata;
  }

  /** The matches that begin from `from` on and end at `end` or before: of those that overlap the first, the longest. */
  *find(bytes: Uint8Array, from: number, end: number): Generator<Span> {
    if (this.begins.length < end - from) this.begins = new Uint8Array(end - from);
    const { begins } = this;
    const { backwards, forwards } = this.prepare();
    if (!backwards.markBeginnings(bytes, from, end, begins)) return;
    for (let start = from; start < end; start += 1) {
      if (begins[start - from] === 0 || this.notBefore?.[bytes[start - 1] as number] === 1) continue;
      const matchEnd = this.longest(forwards, bytes, start, end);
      if (matchEnd === null) continue;
      yield { start, end: matchEnd };
      start = matchEnd - 1;
    }
  }

  private longest(forwards: Automaton, bytes: Uint8Array, start: number, end: number): number | null {
    const { notAfter } = this;
    const last = Math.min(end, start + this.maxLength);
    let longest: number | null = null;
    let state = forwards.start;
    for (let at = start; at < last; at += 1) {
      state = forwards.step(state, bytes[at] as number);
      if (state === DEAD) break;
      if (forwards.isAccepting(state) && notAfter?.[bytes[at + 1] as number] !== 1) longest = at + 1;
    }
    return longest;
  }
}
