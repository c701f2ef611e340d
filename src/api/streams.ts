import { setTimeout as sleep } from 'node:timers/promises';
import { VedetteError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { inForce } from '../store/access/credentials.ts';
import type { Store } from '../store/database/store.ts';
import type { Caller } from './caller.ts';

/** Streams that are open at a time: each is a connection and a little memory for as long as its reader stays. */
export const MOST_STREAMS = { ofCredential: 20, inAll: 500 } as const;
/** Another process, such as the command line, may have revoked a credential. */
const LOOK_EVERY_MS = 1000;

interface OpenStream {
  credentialId: number;
  end: AbortController;
}

/** The answers that stay open: as long as the credential that opened them is in force. */
export class Streams {
  readonly #store: () => Promise<Store>;
  readonly #logger: Logger;
  readonly #open = new Set<OpenStream>();
  #watching = false;

  constructor(store: () => Promise<Store>, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
  }

  /**
   * Counts a stream in. The signal aborts when the stream must end; whoever opened it calls `close` when it has.
   *
   * @throws VedetteError `too-many-requests` for more than there may be.
   */
  open({ credential: { id } }: Caller): { signal: AbortSignal; close: () => void } {
    const own = [...this.#open].filter(({ credentialId }) => credentialId === id).length;
    if (own >= MOST_STREAMS.ofCredential || this.#open.size >= MOST_STREAMS.inAll) {
      throw new VedetteError('too-many-requests', `${own} streams of this credential are open already.`, {
        remedy: 'Close some: a page that is not looked at any more, or a script that has not ended.',
      });
    }
    const stream: OpenStream = { credentialId: id, end: new AbortController() };
    this.#open.add(stream);
    void this.#watch();
    return { signal: stream.end.signal, close: () => this.#open.delete(stream) };
  }

  /** Ends those whose credential is no longer in force; to be called when one was revoked. */
  async endRevoked(): Promise<void> {
    if (this.#open.size === 0) return;
    const ids = new Set([...this.#open].map(({ credentialId }) => credentialId));
    const holding = await inForce(await this.#store(), [...ids]);
    const revoked = new VedetteError('unauthenticated', 'The credential has run out or was revoked.');
    for (const { credentialId, end } of this.#open) if (!holding.has(credentialId)) end.abort(revoked);
  }

  /** As long as there is any. A database that is away ends nothing. */
  async #watch(): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    while (this.#open.size > 0) {
      await sleep(LOOK_EVERY_MS, undefined, { ref: false });
      await this.endRevoked().catch((error: unknown) =>
        this.#logger.warn({ err: error }, 'the credentials of open streams were not looked at'),
      );
    }
    this.#watching = false;
  }
}
