import type { Temporal } from '../client/temporal.ts';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack, StackOptions } from '../embedded/stack.ts';
import { VedetteError } from '../errors.ts';
import { tell } from './output/write.ts';
import type { Session } from './session.ts';

/** A Temporal server with a worker, and a connection to it. */
export interface OpenStack {
  stack: Stack;
  temporal: Temporal;
  /** Aborted when the server is known to be gone: then no call is tried again. */
  lost: AbortController;
  close: () => Promise<void>;
}

const WATCH_MS = 500;
const MOST_SETTLING_MS = 5000;
const always = [() => true, () => true] as const;

/**
 * Connects to the configured server, or to the embedded stack, which is started when none runs.
 *
 * @throws VedetteError `temporal-missing`, `temporal-unreachable` or `stack-failed`.
 */
export async function openStack(
  { config, logger, signal }: Session,
  options: Pick<StackOptions, 'environment' | 'workerForOtherServer'> = {},
): Promise<OpenStack> {
  const [{ ensureStack }, { connectTemporal, registerSearchAttributes }] = await Promise.all([
    import('../embedded/stack.ts'),
    import('../client/temporal.ts'),
  ]);
  const stack = await ensureStack(config, { logger, signal, onProgress: tell, ...options });
  try {
    const lost = new AbortController();
    // Every call under way listens to it.
    setMaxListeners(0, lost.signal);
    const temporal = await connectTemporal(config, stack.address, { lost: lost.signal });
    await registerSearchAttributes(temporal, config.temporal.namespace);
    return {
      stack,
      temporal,
      lost,
      async close() {
        await temporal.close();
        await stack.stop();
      },
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/**
 * Does `work` on a stack, and closes it. One that another command runs ends with that command: then the work begins
 * anew on the next stack, so it must be such that can be done twice.
 *
 * @throws VedetteError as `openStack`, and what the work throws
 */
export async function withStack<Result>(
  session: Session,
  work: (open: OpenStack) => Promise<Result>,
): Promise<Result> {
  for (;;) {
    const open = await openStack(session);
    const over = new AbortController();
    let settled = true;
    try {
      const gone = untilGone(session, open.stack, over.signal);
      const working = open.temporal.client.withAbortSignal(open.lost.signal, () => work(open));
      const done = working.then(
        (value) => ({ value }),
        async (error: unknown) => {
          if (!isUnreachable(error) || !(await Promise.race([gone, sleep(2 * WATCH_MS, false)]))) throw error;
          return null;
        },
      );
      const result = await Promise.race([done, gone.then(() => null)]);
      if (result !== null) return result.value;
      tell('The vedette that ran the Temporal server has ended; going on with another.');
      open.lost.abort();
      settled = await Promise.race([done.then(...always), sleep(MOST_SETTLING_MS, false)]);
    } finally {
      over.abort();
      // A connection must not be closed under a call that is being tried again.
      if (settled) await open.close();
    }
  }
}

/** Resolves when the process that runs the stack has ended; never where that is this one, or nobody we know. */
async function untilGone(
  { config, logger }: Session,
  { owned, address, uiUrl }: Stack,
  over: AbortSignal,
): Promise<true> {
  const { findStack } = await import('../embedded/stack.ts');
  const watched = !owned && uiUrl !== undefined;
  return new Promise((resolve) => {
    const look = async (): Promise<void> => {
      if ((await findStack(config, logger))?.address !== address) resolve(true);
    };
    const timer = setInterval(() => void look(), WATCH_MS);
    over.addEventListener('abort', () => clearInterval(timer), { once: true });
    if (!watched || over.aborted) clearInterval(timer);
  });
}

function isUnreachable(error: unknown): boolean {
  return error instanceof VedetteError && error.type === 'temporal-unreachable';
}

/** Where people look at runs in a browser; null for a server whose UI we do not know. */
export function uiLink({ stack }: OpenStack, namespace: string, workflowId?: string): string | null {
  if (stack.uiUrl === undefined) return null;
  const path = workflowId === undefined ? '' : `/${encodeURIComponent(workflowId)}`;
  return `${stack.uiUrl.replace(/\/$/, '')}/namespaces/${namespace}/workflows${path}`;
}
