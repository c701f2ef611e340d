import { LEVELS } from '../model/level.ts';
import { ScanStatus } from '../model/scan.ts';
import type { ScanRecord } from '../model/scan.ts';
import type { Config } from '../settings.ts';
import type { Store } from '../store/database/store.ts';
import { withNotificationClaim } from '../store/events/notification-claims.ts';
import { markNotified, pendingNotifications } from '../store/events/notifications.ts';
import { getScan } from '../store/scans/scan-details.ts';
import { printable } from '../text/printable.ts';
import type { WorkContext } from '../work-context.ts';
import { composeEventsMessage } from './compose.ts';
import { deliver } from './deliver.ts';
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
 * Sends the message about an account's new and reopened events after a scan of it, and marks as notified exactly
 * the events that the message counts. An initial scan marks without sending, also while e-mail is disabled. Two processes
 * never tell of the same events. Killed between sending and marking, the message is sent again, with the same Message-ID:
 * by the next attempt, or else before the message of the account's next scan.
 *
 * @throws VedetteError of the delivery, with nothing marked: the next scan's message carries the events.
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
  if (!config.mail.enabled || !config.mail.onNewFindings) return NOTHING;

  return withNotificationClaim(store, { ...scan, scanId }, signal, async (claimed) => {
    if (claimed === scanId) return tell(store, config, scan, undefined, { signal, logger });
    const interrupted = await getScan(store, organizationId, claimed);
    return tell(store, config, interrupted, interrupted.scanTime, { signal, logger });
  });
}

async function tell(
  store: Store,
  config: Config,
  scan: ScanRecord,
  until: string | undefined,
  { signal, logger }: Pick<WorkContext, 'signal' | 'logger'>,
): Promise<Notified> {
  const { scanId, organizationId } = scan;
  const { message, ids } = await pendingMessage(store, config, scan, until);
  if (ids.length === 0) return NOTHING;
  const { rejected } = await deliver(config, await composeEventsMessage(message, config), { signal });
  // Not to be interrupted any more: the message is out.
  const notified = await markNotified(store, organizationId, ids, scanId);
  logger.info({ scanId, notified }, 'notification sent');
  return { notified, sent: true, warning: warningOf(rejected) };
}

function warningOf(rejected: readonly string[]): string | null {
  if (rejected.length === 0) return null;
  return `The mail server refused these recipients: ${rejected.map(printable).join(', ')}.`;
}
