import type { Temporal } from '../client/temporal.ts';
import type { Stack, StackOptions } from '../embedded/stack.ts';
import { tell } from './output/write.ts';
import type { Session } from './session.ts';

/** A Temporal server with a worker, and a connection to it. */
export interface OpenStack {
  stack: Stack;
  temporal: Temporal;
  close: () => Promise<void>;
}

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
    const temporal = await connectTemporal(config, stack.address);
    await registerSearchAttributes(temporal, config.temporal.namespace);
    return {
      stack,
      temporal,
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

/** Where people look at runs in a browser; null for a server whose UI we do not know. */
export function uiLink({ stack }: OpenStack, namespace: string, workflowId?: string): string | null {
  if (stack.uiUrl === undefined) return null;
  const path = workflowId === undefined ? '' : `/${encodeURIComponent(workflowId)}`;
  return `${stack.uiUrl.replace(/\/$/, '')}/namespaces/${namespace}/workflows${path}`;
}
