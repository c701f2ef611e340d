import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporalLink } from '../client/links.ts';
import type { Temporal } from '../client/temporal.ts';
import type { Stack, StackOptions } from '../embedded/stack.ts';
import { VedetteError } from '../errors.ts';
import type { CommandContext } from './command-context.ts';
import { tell } from './output/write.ts';

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
const GONE = 'The vedette that ran the Temporal server has ended; going on with another.';

/**
 * Connects to the configured server, or to the embedded stack, which is started when none runs. One that ends at that
 * very moment is followed by the next.
 *
 * @throws VedetteError `temporal-missing`, `temporal-unreachable` or `stack-failed`.
 */
export async function openStack(
  context: CommandContext,
  options: Pick<StackOptions, 'environment' | 'isolated' | 'stays' | 'workerForOtherServer' | 'api'> = {},
): Promise<OpenStack> {
  const { config, logger, signal } = context;
  const { ensureStack } = await import('../embedded/stack.ts');
  for (;;) {
    const stack = await ensureStack(config, { logger, signal, onProgress: tell, ...options });
    try {
      return await connect(context, stack);
    } catch (error) {
      if (!(await isGone(context, stack))) throw error;
      tell(GONE);
    }
  }
}

/**
 * What can be asked about runs and schedules: a server that runs; one that would have to be started first; or none that
 * ever was, which so knows of nothing. Nothing is started.
 */
export async function serverState({
  config,
  logger,
}: CommandContext): Promise<'running' | 'stopped' | 'never started'> {
  if (config.temporal.address !== undefined) return 'running';
  const [{ findStack }, { temporalFile }] = await Promise.all([
    import('../embedded/stack.ts'),
    import('../embedded/temporal-server.ts'),
  ]);
  if (!existsSync(config.general.home)) return 'never started';
  if ((await findStack(config, logger)) !== undefined) return 'running';
  return existsSync(temporalFile(config)) ? 'stopped' : 'never started';
}

/**
 * Runs the stack until `close`. One that another command has started for its own use is waited for and taken over.
 *
 * @throws VedetteError as `openStack`, and `stack-failed` when another process runs the stack until it is ended
 */
export async function takeStack(context: CommandContext): Promise<OpenStack> {
  const { config, logger, signal } = context;
  const { ensureStack } = await import('../embedded/stack.ts');
  const options = { logger, signal, onProgress: tell, stays: true, workerForOtherServer: true, api: true };
  for (let told = false; ; told = true) {
    const stack = await ensureStack(config, options);
    if (stack.owned) return connect(context, stack);
    const { pid, stays } = stack.supervisor ?? {};
    if (stays === true) {
      throw new VedetteError(
        'stack-failed',
        `Another vedette up runs the stack of ${config.general.home} already (process ${pid}).`,
        { remedy: 'Use that one, end it first, or set another VEDETTE_HOME.' },
      );
    }
    if (!told) tell(`A command runs the stack for itself (process ${pid}); taking it over when that ends…`);
    await untilGone(context, stack, signal);
    signal.throwIfAborted();
  }
}

async function connect(context: CommandContext, stack: Stack): Promise<OpenStack> {
  const { config } = context;
  const { connectTemporal, registerSearchAttributes } = await import('../client/temporal.ts');
  const over = new AbortController();
  try {
    const lost = new AbortController();
    // Every call under way listens to it.
    setMaxListeners(0, lost.signal);
    void untilGone(context, stack, over.signal).then(() => over.signal.aborted || lost.abort());
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
  } finally {
    over.abort();
  }
}

/**
 * Does `work` on a stack, and closes it. One that another command runs ends with that command: then the work begins
 * anew on the next stack, so it must be such that can be done twice.
 *
 * @throws VedetteError as `openStack`, and what the work throws
 */
export async function withStack<Result>(
  context: CommandContext,
  work: (open: OpenStack) => Promise<Result>,
): Promise<Result> {
  for (;;) {
    const open = await openStack(context);
    const over = new AbortController();
    try {
      const gone = untilGone(context, open.stack, over.signal);
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
      tell(GONE);
      open.lost.abort();
      await Promise.race([done.catch(() => null), sleep(MOST_SETTLING_MS)]);
    } finally {
      over.abort();
      await open.close();
    }
  }
}

/**
 * Resolves when the process that runs the stack has ended, or when `over` aborts; never before that where it is this
 * process, or nobody we know.
 */
function untilGone(context: CommandContext, stack: Stack, over: AbortSignal): Promise<true> {
  return new Promise((resolve) => {
    const look = async (): Promise<void> => {
      if (await isGone(context, stack)) end();
    };
    const timer = setInterval(() => void look(), WATCH_MS);
    const end = (): void => {
      clearInterval(timer);
      resolve(true);
    };
    over.addEventListener('abort', end, { once: true });
    if (over.aborted) end();
  });
}

async function isGone({ config }: CommandContext, { owned, address, supervisor }: Stack): Promise<boolean> {
  if (owned || supervisor === undefined) return false;
  const [{ findStack }, { silent }] = await Promise.all([
    import('../embedded/stack.ts'),
    import('../log.ts'),
  ]);
  const now = await findStack(config, silent);
  return now?.address !== address || now.supervisor?.pid !== supervisor.pid;
}

function isUnreachable(error: unknown): boolean {
  return error instanceof VedetteError && error.type === 'temporal-unreachable';
}

/** Where people look at runs in a browser; null for a server whose UI we do not know. */
export function uiLink({ stack }: OpenStack, namespace: string, workflowId?: string): string | null {
  return temporalLink(stack.uiUrl, namespace, workflowId);
}
