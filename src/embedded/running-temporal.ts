import { VedetteError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Config } from '../settings.ts';
import { findStack } from './stack.ts';

/**
 * The Temporal server that is there already: the configured one, or that of the running stack. Nothing is started.
 *
 * @throws VedetteError `temporal-missing`
 */
export async function temporalOf(
  config: Config,
  logger: Logger,
): Promise<{ address: string; uiUrl: string | undefined }> {
  const { address } = config.temporal;
  if (address !== undefined) return { address, uiUrl: undefined };
  const stack = await findStack(config, logger);
  if (stack !== undefined) return stack;
  throw new VedetteError('temporal-missing', `No stack runs in ${config.general.home}.`, {
    remedy: 'Run vedette up, which serves the API too, or set TEMPORAL_ADDRESS.',
  });
}
