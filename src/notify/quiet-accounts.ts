import { createHash } from 'node:crypto';
import type { QuietAccount } from '../model/notification.ts';
import type { Config } from '../settings.ts';
import type { WorkContext } from '../work-context.ts';
import { enabledChannels } from './channels/open.ts';
import { sendToAll } from './send-to-all.ts';

/**
 * Tells on every enabled channel which accounts have gone quiet. Gives whether any is enabled.
 *
 * @throws VedetteError of the first channel, when none could be reached
 */
export async function sendQuietAccounts(
  config: Config,
  organizationId: string,
  accounts: readonly QuietAccount[],
  context: Pick<WorkContext, 'signal' | 'logger'>,
): Promise<boolean> {
  const channels = enabledChannels(config);
  if (channels.length === 0) return false;
  await sendToAll(channels, { kind: 'quiet', id: idOf(organizationId, accounts), accounts }, context);
  return true;
}

/** The same for the same accounts and silences. */
function idOf(organizationId: string, accounts: readonly QuietAccount[]): string {
  const silences = accounts.map(({ accountId, lastPayloadAt }) => [accountId, lastPayloadAt]);
  return createHash('sha256')
    .update(JSON.stringify(['quiet', organizationId, ...silences]))
    .digest('hex')
    .slice(0, 32);
}
