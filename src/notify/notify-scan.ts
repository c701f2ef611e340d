import { LEVELS } from '../model/level.ts';
import { ScanStatus } from '../model/scan.ts';
import type { ScanRecord } from '../model/scan.ts';
import type { Config } from '../settings.ts';
import type { Store } from '../store/database/store.ts';
import { withNotificationClaim } from '../store/events/notification-claims.ts';
import { markNotified, markTold, pendingNotifications } from '../store/events/notifications.ts';
import { getScan } from '../store/scans/scan-details.ts';
import { printable } from '../text/printable.ts';
import type { WorkContext } from '../work-context.ts';
import type { Channel } from './channels/channel.ts';
import { enabledChannels } from './channels/open.ts';
import { eventsMessageId } from './compose.ts';
import { tellEndingSuppressions } from './ending-suppressions.ts';
import { settingsFor } from './organization-settings.ts';
import { pendingMessage } from './pending-message.ts';

export interface Notified {
  /** Events that were marked as notified. */
  notified: number;
  sent: boolean;
  /** For people: what went wrong although the message was sent. */
  warning: string | null;
}

const NOTHING: Notified = { notified: 0, sent: false, warning: null };

/**
 * Sends the message about an account's new and reopened events after a scan of it on every channel, and marks as notified
 * exactly the events that all channels have told of; each channel tells of an event once. An initial scan marks without
 * sending, also while no channel is set. Two processes never tell of the same events. Killed between sending and marking,
 * the message is sent again, with the same id: by the next attempt, or else before the message of the account's next scan.
 *
 * @throws VedetteError of the first channel that failed, when the others are through: the next attempt, or the next scan's
 *   message, carries the events there.
 */
export async function notifyScan(
  store: Store,
  installation: Config,
  { organizationId, scanId, initial }: { organizationId: string; scanId: number; initial: boolean },
  { signal, logger }: Pick<WorkContext, 'signal' | 'logger'>,
): Promise<Notified> {
  const config = await settingsFor(installation, organizationId);
  const scan = await getScan(store, organizationId, scanId);
  if (scan.status === ScanStatus.Superseded) return NOTHING;
  if (initial || config.mail.initialScan) {
    const { ids } = await pendingNotifications(store, { ...scan, levels: LEVELS, perLevel: 0 });
    return { ...NOTHING, notified: await markNotified(store, organizationId, ids, scanId, signal) };
  }
  const channels = enabledChannels(config);
  if (channels.length === 0) return NOTHING;
  await tellEndingSuppressions(store, organizationId, channels, { signal, logger });
  if (!config.mail.onNewFindings) return NOTHING;

  return withNotificationClaim(store, { ...scan, scanId }, signal, async (claimed) => {
    if (claimed === scanId) return tell(store, config, channels, scan, undefined, { signal, logger });
    const interrupted = await getScan(store, organizationId, claimed);
    return tell(store, config, channels, interrupted, interrupted.scanTime, { signal, logger });
  });
}

async function tell(
  store: Store,
  config: Config,
  channels: readonly Channel[],
  scan: ScanRecord,
  until: string | undefined,
  { signal, logger }: Pick<WorkContext, 'signal' | 'logger'>,
): Promise<Notified> {
  const { scanId, organizationId } = scan;
  const due = new Set<number>();
  const untold = new Set<number>();
  const rejected: string[] = [];
  const failures: unknown[] = [];
  let sent = false;
  for (const channel of channels) {
    const { message, ids } = await pendingMessage(store, config, scan, { until, channel: channel.name });
    for (const id of ids) due.add(id);
    if (ids.length === 0) continue;
    try {
      const id = eventsMessageId(message);
      const delivery = await channel.send({ kind: 'events', id, message }, signal);
      rejected.push(...delivery.rejected);
    } catch (error) {
      if (signal.aborted) throw error;
      failures.push(error);
      for (const id of ids) untold.add(id);
      continue;
    }
    sent = true;
    // Not to be interrupted any more: the message is out.
    if (channels.length > 1) await markTold(store, organizationId, ids, channel.name);
  }
  const told = [...due].filter((id) => !untold.has(id));
  const notified = await markNotified(store, organizationId, told, scanId);
  if (failures.length > 0) throw failures[0];
  if (sent) logger.info({ scanId, notified }, 'notification sent');
  return { notified, sent, warning: warningOf(rejected) };
}

function warningOf(rejected: readonly string[]): string | null {
  if (rejected.length === 0) return null;
  return `The mail server refused these recipients: ${rejected.map(printable).join(', ')}.`;
}
