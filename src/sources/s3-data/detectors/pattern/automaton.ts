import { VedetteError } from '../../../../errors.ts';
import type { ByteSet, Node } from './syntax.ts';

/** A pattern may need as many states, and as many sets of them are remembered. */
const MAX_STATES = 10_000;
const MAX_REMEMBERED = 2000;

const UNKNOWN = -1;
/** No match can come of it any more. */
export const DEAD = 0;

interface State {
  /** The bytes that lead on; null for a fork, which needs no byte. */
  set: ByteSet | null;
  next: number[];
}

/**
 * The pattern as an automaton that takes a byte at a time, and never looks at one twice. The sets of states that it can be
 * in are made when they are first reached; when they become too many, all are forgotten.
 */
export class Automaton {
  private readonly states: State[] = [];
  private readonly first: number;
  private readonly accepting: number;
  /** Bytes that no set tells apart are of one class. */
  private readonly classes: Uint8Array;
  private readonly classCount: number;
  private readonly searches: boolean;
  private ids = new Map<string, number>();
  private members: (readonly number[])[] = [];
  private table = new Int32Array(0);
  private accepts = new Uint8Array(MAX_REMEMBERED + 1);
  start = DEAD;

  /** @param options `reversed` reads the pattern from its end; `searches` begins anew with every byte. */
  constructor(root: Node, { reversed, searches }: { reversed: boolean; searches: boolean }) {
    this.searches = searches;
    this.accepting = this.add(null, []);
    this.first = this.build(root, this.accepting, reversed);
    [this.classes, this.classCount] = classify(this.states);
    this.forget();
  }

  /** The state after one more byte. */
  step(state: number, byte: number): number {
    const index = state * this.classCount + (this.classes[byte] as number);
    const next = this.table[index] as number;
    return next === UNKNOWN ? this.explore(state, byte, index) : next;
  }

  isAccepting(state: number): boolean {
    return this.accepts[state] === 1;
  }

  /** Reads from the end: sets each of `marks` to whether a match begins at that byte, counted from `from`; tells whether any does. */
  markBeginnings(bytes: Uint8Array, from: number, end: number, marks: Uint8Array): boolean {
    const { classes, classCount } = this;
    let any = 0;
    let state = this.start;
    for (let at = end - 1; at >= from; at -= 1) {
      const next = this.table[state * classCount + (classes[bytes[at] as number] as number)] as number;
      state = next === UNKNOWN ? this.step(state, bytes[at] as number) : next;
      const isBeginning = this.accepts[state] as number;
      marks[at - from] = isBeginning;
      any |= isBeginning;
    }
    return any !== 0;
  }

  private add(set: ByteSet | null, next: number[]): number {
    if (this.states.length >= MAX_STATES) {
      throw new VedetteError('config-invalid', 'A pattern is too large.', {
        remedy: 'Repeat less: what is repeated a hundred times counts a hundred times.',
      });
    }
    return this.states.push({ set, next }) - 1;
  }

  /** Gives the state from which `node` leads to `end`. */
  private build(node: Node, end: number, reversed: boolean): number {
    switch (node.kind) {
      case 'set':
        return this.add(node.set, [end]);
      case 'sequence': {
        const parts = reversed ? node.parts : node.parts.toReversed();
        return parts.reduce((after, part) => this.build(part, after, reversed), end);
      }
      case 'choice':
        return this.add(
          null,
          node.parts.map((part) => this.build(part, end, reversed)),
        );
      case 'repeat': {
        let after = end;
        if (node.max === null) {
          const loop = this.add(null, [end]);
          (this.states[loop] as State).next.push(this.build(node.part, loop, reversed));
          after = loop;
        }
        for (let optional = node.min; optional < (node.max ?? 0); optional += 1) {
          after = this.add(null, [end, this.build(node.part, after, reversed)]);
        }
        for (let needed = 0; needed < node.min; needed += 1) after = this.build(node.part, after, reversed);
        return after;
      }
    }
  }

  private forget(): void {
    this.ids = new Map();
    this.members = [];
    this.table = new Int32Array(0);
    this.idOf([]);
    this.start = this.idOf(this.closure([this.first]));
  }

  private explore(state: number, byte: number, index: number): number {
    const reached = (this.members[state] as readonly number[])
      .map((member) => this.states[member] as State)
      .filter(({ set }) => set?.[byte] === 1)
      .flatMap(({ next }) => next);
    const closed = this.closure(this.searches ? [...reached, this.first] : reached);
    if (this.members.length >= MAX_REMEMBERED) {
      this.forget();
      return this.idOf(closed);
    }
    const id = this.idOf(closed);
    this.table[index] = id;
    return id;
  }

  private closure(from: readonly number[]): number[] {
    const reached = new Set<number>();
    const open = [...from];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      if (reached.has(state)) continue;
      reached.add(state);
      const { set, next } = this.states[state] as State;
      if (set === null) open.push(...next);
    }
    return [...reached]
      .filter((state) => this.states[state]?.set !== null || state === this.accepting)
      .toSorted((one, other) => one - other);
  }

  private idOf(members: readonly number[]): number {
    const name = members.join();
    const known = this.ids.get(name);
    if (known !== undefined) return known;
    const id = this.members.push(members) - 1;
    this.ids.set(name, id);
    this.accepts[id] = Number(members.includes(this.accepting));
    if (this.table.length < (id + 1) * this.classCount) {
      const larger = new Int32Array(Math.max(16, this.members.length * 2) * this.classCount).fill(UNKNOWN);
      larger.set(this.table);
      this.table = larger;
    }
    return id;
  }
}

function classify(states: readonly State[]): [Uint8Array, number] {
  const sets = states.flatMap(({ set }) => (set === null ? [] : [set]));
  const distinct = [...new Map(sets.map((set) => [set.join(''), set])).values()];
  const names = new Map<string, number>();
  const classes = Uint8Array.from({ length: 256 }, (_, byte) => {
    const name = distinct.map((set) => set[byte]).join('');
    const known = names.get(name) ?? names.size;
    names.set(name, known);
    return known;
  });
  return [classes, names.size];
}
