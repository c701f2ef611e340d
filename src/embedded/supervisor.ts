import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../log.ts';
import { terminate } from '../processes/identity.ts';
import type { ProcessIdentity } from '../processes/identity.ts';
import { startChild } from './child.ts';
import type { Child, ChildSpec } from './child.ts';

const BACK_OFF = { firstMs: 250, mostMs: 10_000, forgottenAfterMs: 30_000 } as const;

export interface Supervised {
  /** Resolves when a child has said for the first time that it is ready. */
  ready: Promise<void>;
  /** Ends the child for good; returns when it is gone. */
  stop(): Promise<void>;
}

/**
 * Keeps a child running: one that ends is started again, after 250 ms at first and at most 10 s when it keeps ending.
 *
 * @param first the child, already started from the same `spec`
 * @param onStart is told of every later start
 */
export function supervise(
  first: Child,
  spec: ChildSpec,
  { logger, onStart }: { logger: Logger; onStart: (identity: ProcessIdentity | undefined) => void },
): Supervised {
  const stopping = new AbortController();
  let child = first;
  let announce = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    announce = resolve;
  });
  void child.ready.then(announce);

  async function keepRunning(): Promise<void> {
    let pauseMs: number = BACK_OFF.firstMs;
    while (!stopping.signal.aborted) {
      const startedAt = Date.now();
      const end = await child.exited;
      if (stopping.signal.aborted) return;
      if (Date.now() - startedAt > BACK_OFF.forgottenAfterMs) pauseMs = BACK_OFF.firstMs;
      logger.warn(
        { child: spec.name, end, pauseMs, log: spec.logFile },
        'a child process ended; starting it again',
      );
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      pauseMs = Math.min(pauseMs * 2, BACK_OFF.mostMs);
      child = startChild(spec);
      void child.ready.then(announce);
      onStart(child.identity);
    }
  }

  const finished = keepRunning();
  return {
    ready,
    async stop() {
      stopping.abort();
      if (child.identity !== undefined) await terminate(child.identity, spec.graceMs);
      await child.exited;
      await finished;
    },
  };
}
