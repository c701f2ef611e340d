/** How many may be under way at once: to one host, and to all of them together. */
export interface Room {
  toHost: number;
  inAll: number;
}

interface Waiting {
  host: string;
  begin: () => void;
}

/**
 * Keeps requests waiting until there is a socket for them. An agent would do so too, but after their time to connect has
 * begun: what waits for its turn on a busy machine would count as a host that does not answer.
 */
export class InFlight {
  readonly #room: Room;
  readonly #toHost = new Map<string, number>();
  #waiting: Waiting[] = [];
  #inAll = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  /**
   * Resolves when there is room, in the order in which they came to the host, with the function that gives it back.
   *
   * @throws the signal's reason
   */
  async begin(host: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (!this.#hasRoom(host)) await this.#turn(host, signal);
    else this.#take(host);
    let isUnderWay = true;
    return () => {
      if (!isUnderWay) return;
      isUnderWay = false;
      this.#giveBack(host);
    };
  }

  #turn(host: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting);
        reject(signal.reason as Error);
      };
      const waiting: Waiting = {
        host,
        begin: () => {
          signal.removeEventListener('abort', stop);
          resolve();
        },
      };
      signal.addEventListener('abort', stop, { once: true });
      this.#waiting.push(waiting);
    });
  }

  #hasRoom(host: string): boolean {
    return this.#inAll < this.#room.inAll && (this.#toHost.get(host) ?? 0) < this.#room.toHost;
  }

  #take(host: string): void {
    this.#inAll += 1;
    this.#toHost.set(host, (this.#toHost.get(host) ?? 0) + 1);
  }

  #giveBack(host: string): void {
    this.#inAll -= 1;
    const left = (this.#toHost.get(host) ?? 0) - 1;
    if (left > 0) this.#toHost.set(host, left);
    else this.#toHost.delete(host);
    const next = this.#waiting.find((one) => this.#hasRoom(one.host));
    if (next === undefined) return;
    this.#waiting = this.#waiting.filter((one) => one !== next);
    this.#take(next.host);
    next.begin();
  }
}
