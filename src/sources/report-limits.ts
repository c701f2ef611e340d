import type { VedetteError } from '../errors.ts';

/** How much of something a report may have, and what that is called: `{ most: 1000, of: 'services' }`. */
export interface Limit {
  most: number;
  of: string;
}

/**
 * What is held of a report while it is read is little for each of its parts, but not nothing; so the parts have limits,
 * far above what a scanner writes.
 */
export class ReportLimits<Name extends string> {
  readonly #limits: Readonly<Record<Name, Limit>>;
  readonly #held = new Map<Name, number>();
  readonly #refuse: (problem: string) => VedetteError;

  /** @param refuse makes the error of a report that `has more than 1000 services` */
  constructor(limits: Readonly<Record<Name, Limit>>, refuse: (problem: string) => VedetteError) {
    this.#limits = limits;
    this.#refuse = refuse;
  }

  /** @throws what `refuse` makes */
  check(name: Name, found: number): void {
    const { most, of } = this.#limits[name];
    if (found > most) throw this.#refuse(`has more than ${most} ${of}`);
  }

  /** So much more is held. @throws what `refuse` makes */
  hold(name: Name, amount: number): void {
    const held = (this.#held.get(name) ?? 0) + amount;
    this.#held.set(name, held);
    this.check(name, held);
  }
}
