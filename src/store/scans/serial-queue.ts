/** Work that is done one after the other, in the order in which it was added; what fails stops all that comes after it. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  async add<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    // Who added it is told; until then it must not count as unhandled.
    result.catch(() => undefined);
    this.#last = result;
    return result;
  }

  /** When all that was added so far is done. Rejects when some of it failed. */
  async ended(): Promise<void> {
    await this.#last;
  }
}
