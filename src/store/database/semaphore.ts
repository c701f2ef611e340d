/** Lets so many pieces of work through at a time, in the order of arrival. */
export class Semaphore {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(places = 1) {
    this.#free = places;
  }

  /** Runs `work` when there is a place for it, however those before it have ended. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #enter(): Promise<void> | undefined {
    if (this.#free === 0) {
      return new Promise((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    this.#free -= 1;
    return undefined;
  }

  /** The place goes to the one that has waited longest. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
