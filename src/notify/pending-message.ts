import type { ChannelName } from '../model/channel.ts';
import type { EventsMessage, NotifiedEvent } from '../model/notification.ts';
import type { PendingEvent } from '../model/notification.ts';
import type { ScanRecord } from '../model/scan.ts';
import type { Config } from '../settings.ts';
import type { Store } from '../store/database/store.ts';
import { pendingNotifications } from '../store/events/notifications.ts';
import { countOverdue } from '../store/events/overdue.ts';
import { MOST_LISTED } from './events-view.ts';

/**
 * The message that is due after a scan, and the ids of all the events that it counts.
 *
 * @param pending as for `pendingNotifications`
 */
export async function pendingMessage(
  store: Store,
  config: Config,
  scan: ScanRecord,
  { until, channel }: { until?: string | undefined; channel?: ChannelName } = {},
): Promise<{ message: EventsMessage; ids: readonly number[] }> {
  const { organizationId, accountId, profile, source, scanTime, version, scanId } = scan;
  const levels = config.mail.onSeverity;
  const pending = await pendingNotifications(store, {
    ...scan,
    since: scanTime,
    levels,
    perLevel: MOST_LISTED,
    ...(until !== undefined && { until }),
    ...(channel !== undefined && { channel }),
  });
  const message: EventsMessage = {
    organizationId,
    accountId,
    profile,
    source,
    scanTime,
    version,
    scanId,
    levels: pending.levels.map(({ level, total, events }) => ({
      level,
      total,
      events: events.map((event) => notifiedEvent(event, scanTime)),
    })),
    overdue: await countOverdue(store, scan, { duePolicy: config.general.due, now: new Date() }),
  };
  return { message, ids: pending.ids };
}

function notifiedEvent(event: PendingEvent, scanTime: string): NotifiedEvent {
  const { id, service, checkId, title, firstSeen, reopenedAt, raisedFrom, unconfirmed } = event;
  const since = reopenedAt ?? firstSeen;
  const { resourceId, resourceName, resourceType, region } = event;
  return {
    id,
    state: raisedFrom === null && since < scanTime ? 'known' : reopenedAt === null ? 'new' : 'reopened',
    raisedFrom,
    service,
    checkId,
    title: title ?? checkId,
    resourceId,
    resourceName,
    resourceType,
    region,
    unconfirmed,
  };
}
