import type { Level } from '../model/level.ts';
import type { EventsMessage, NotifiedEvent, NotifiedLevel } from '../model/notification.ts';
import { summaryTime } from '../report/execution-summary.ts';
import { excerpt } from '../text/printable.ts';

/** Mail clients cut messages at about 100 kB; so many events stay below that. */
export const MOST_LISTED = 75;
/** Of what is known: after messages were switched on, there may be very many. */
const MOST_KNOWN = 15;
const STATES: Readonly<Record<NotifiedEvent['state'], string>> = {
  new: 'new',
  reopened: 'reopened',
  known: 'not told before',
};
const NAME_LENGTH = 300;
const TITLE_LENGTH = 200;

/** What the message shows, as printable text, in order: the same for HTML, plain text and subject. */
export interface EventsView {
  /** `production (111111111111)`. */
  account: string;
  /** `2 high, 3 medium`. */
  counts: string;
  facts: readonly { name: string; value: string }[];
  levels: readonly LevelView[];
}

export interface LevelView {
  level: Level;
  total: number;
  checks: readonly CheckView[];
  /** Events of the level that are not listed. */
  more: number;
}

export interface CheckView {
  title: string;
  service: string;
  checkId: string;
  resources: readonly ResourceView[];
}

export interface ResourceView {
  eventId: number;
  /** The resource's name; its id where it has none. */
  name: string;
  /** Null where it says the same as the name. */
  id: string | null;
  type: string;
  region: string;
  /** Why it is told of. */
  state: string;
  unconfirmed: boolean;
}

/** @param link to the dashboard's page of the events, where it is known */
export function viewOf(message: EventsMessage, link?: string): EventsView {
  const levels = message.levels.filter(({ total }) => total > 0);
  const accountId = name(message.accountId);
  const account = message.profile === null ? accountId : `${name(message.profile)} (${accountId})`;
  return {
    account,
    counts: levels.map(({ level, total }) => `${total} ${level}`).join(', '),
    facts: [
      { name: 'Account', value: account },
      { name: 'Organisation', value: name(message.organizationId) },
      { name: 'Scan', value: `${summaryTime(message.scanTime)} UTC (number ${message.scanId})` },
      { name: 'Scanner', value: `${name(message.source)} ${name(message.version)}` },
      ...(message.overdue === 0 ? [] : [{ name: 'Overdue', value: overdueText(message.overdue) }]),
      ...(link === undefined ? [] : [{ name: 'Dashboard', value: link }]),
    ],
    levels: listed(levels),
  };
}

function overdueText(events: number): string {
  return events === 1 ? '1 active event of the account' : `${events} active events of the account`;
}

/** Where the dashboard shows the account's events of the message's levels; undefined without a public address. */
export function eventsLink(publicUrl: string | undefined, message: EventsMessage): string | undefined {
  if (publicUrl === undefined) return undefined;
  const url = new URL('/events', publicUrl);
  const levels = message.levels.filter(({ total }) => total > 0).map(({ level }) => level);
  const search = new URLSearchParams({
    account: message.accountId,
    status: 'active',
    level: levels.join(','),
  });
  url.search = search.toString().replaceAll('%2C', ',');
  return url.href;
}

/** Gravest first, until so many are listed as a message can hold; of those that are known, fewer. */
function listed(levels: readonly NotifiedLevel[]): LevelView[] {
  let room = MOST_LISTED;
  let knownRoom = MOST_KNOWN;
  return levels.map(({ level, total, events }) => {
    const latest = events.filter(({ state }) => state !== 'known').slice(0, room);
    const known = events.filter(({ state }) => state === 'known');
    const shown = [...latest, ...known.slice(0, Math.min(knownRoom, room - latest.length))];
    room -= shown.length;
    knownRoom -= shown.length - latest.length;
    return { level, total, checks: byCheck(shown), more: total - shown.length };
  });
}

function byCheck(events: readonly NotifiedEvent[]): CheckView[] {
  const groups = new Map<string, NotifiedEvent[]>();
  for (const event of events) {
    const key = JSON.stringify([event.service, event.checkId]);
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return [...groups.values()].map((group) => {
    const [{ title, service, checkId }] = group as [NotifiedEvent];
    return {
      title: excerpt(title, TITLE_LENGTH),
      service: name(service),
      checkId: name(checkId),
      resources: group.map(resourceView),
    };
  });
}

function resourceView(event: NotifiedEvent): ResourceView {
  const { resourceId, resourceName, resourceType, region, unconfirmed } = event;
  return {
    eventId: event.id,
    name: name(resourceName ?? resourceId),
    id: resourceName === null || resourceName === resourceId ? null : name(resourceId),
    type: name(resourceType),
    region: region === null ? 'global' : name(region),
    state: event.raisedFrom === null ? STATES[event.state] : `level rose from ${event.raisedFrom}`,
    unconfirmed,
  };
}

function name(text: string): string {
  return excerpt(text, NAME_LENGTH);
}
