import { createHash } from 'node:crypto';
import type { ListedSuppression } from '../model/suppression.ts';
import type { Store } from '../store/database/store.ts';
import { tellOfEnding } from '../store/events/suppression-notices.ts';
import type { WorkContext } from '../work-context.ts';
import type { Channel } from './channels/channel.ts';
import { sendToAll } from './send-to-all.ts';

/**
 * Tells on every channel which suppressions end soon, before their events are active again; of each once.
 *
 * @throws VedetteError of the first channel, when none could be reached
 */
export async function tellEndingSuppressions(
  store: Store,
  organizationId: string,
  channels: readonly Channel[],
  { signal, logger }: Pick<WorkContext, 'signal' | 'logger'>,
): Promise<void> {
  const send = (suppressions: readonly ListedSuppression[]): Promise<void> => {
    const id = idOf(organizationId, suppressions);
    return sendToAll(channels, { kind: 'suppressions', id, suppressions }, { signal, logger });
  };
  await tellOfEnding(store, organizationId, send, signal);
}

/** The same for the same suppressions with the same ends. */
function idOf(organizationId: string, suppressions: readonly ListedSuppression[]): string {
  const parts = ['suppressions', organizationId, ...suppressions.map(({ id, expiresAt }) => [id, expiresAt])];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
