import { createLogger } from '../log.ts';
import { INTERVALS } from '../model/view360.ts';
import type { Interval } from '../model/view360.ts';
import { loadConfig } from '../settings.ts';
import { addDays, dayOf, parseDay, periodBefore, periodOf } from './periods.ts';
import type { Period } from './periods.ts';
import { destinationOf, ownAccess, sendPayloads } from './send.ts';

/** What starts the sender: nothing for the last day, or a backfill. */
export interface SendEvent {
  interval?: string;
  history?: boolean;
  /** Days, as `5-9-2025` or `2025-09-05`. */
  start?: string;
  end?: string;
}

/**
 * The sender as a function in the account that it is about: it needs neither a database nor Temporal. The environment says where
 * to send (`BUCKET`, `REGION`, `ANALYTICS_KMS_KEY`) and how the account is labelled.
 *
 * @throws VedetteError so that whoever calls it tries again
 */
export async function handler(
  event: SendEvent = {},
): Promise<{ sent: readonly string[]; failed: readonly string[] }> {
  const { config } = loadConfig({ general: { home: '/tmp/vedette' } });
  const logger = createLogger(config.general.logLevel, { pretty: false });
  const { signal } = new AbortController();
  const interval = intervalOf(event.interval);
  const request = {
    interval,
    periods: periodsOf(event, interval),
    isHistory: event.history === true,
    destination: destinationOf(undefined, false, config),
  };
  const context = { signal, logger, onProgress: (line: string) => logger.debug(line) };
  const sent: string[] = [];
  const failed = new Set<string>();
  for await (const one of sendPayloads(await ownAccess(config), 'this account', request, config, context)) {
    sent.push(one.location ?? '');
    for (const { section, status } of one.sections) if (status === 'Fail') failed.add(section);
    logger.info({ location: one.location, status: one.status, calls: one.calls }, 'sent');
  }
  return { sent, failed: [...failed] };
}

function intervalOf(text = 'DAILY'): Interval {
  return INTERVALS.find((one) => one === text.toUpperCase()) ?? 'DAILY';
}

function periodsOf({ history, start, end }: SendEvent, interval: Interval): Period[] {
  const today = dayOf(new Date());
  if (history !== true) return [periodBefore(interval, today)];
  const last = end === undefined ? addDays(today, -1) : parseDay(end);
  const periods: Period[] = [];
  let day = start === undefined ? `${today.slice(0, 4)}-01-01` : parseDay(start);
  while (day <= last) {
    const period = periodOf(interval, day);
    periods.push(period);
    day = period.end;
  }
  return periods;
}
