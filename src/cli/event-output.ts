import type { DatedEvent, EventHistoryEntry, EventWithFinding, NamedEvent } from '../model/event.ts';
import { EVENT_COLUMNS } from '../report/event-columns.ts';
import { consoleLink } from '../text/console-link.ts';
import { richText } from '../text/rich-text.ts';
import { words } from './output/detail.ts';
import type { Detail, Fact, Part } from './output/detail.ts';
import type { Column } from './output/table.ts';

/** How a terminal shows the columns that exports have too, by their headers. */
const HINTS: Readonly<Record<string, Partial<Column<NamedEvent>>>> = {
  LEVEL: { shows: 'level' },
  STATUS: { shows: 'state', rank: 3 },
  'ACCOUNT NAME': { name: 'accountName', rank: 1, least: 12 },
  ACCOUNT: { name: 'accountId', rank: 2 },
  REGION: { rank: 4, least: 9 },
  'RESOURCE TYPE': { rank: 5, least: 12 },
  RESOURCE: { name: 'resourceName', least: 16 },
  CHECK: { name: 'checkId', least: 16 },
  'FIRST SEEN': { shows: 'time', rank: 6 },
  'LAST SEEN': { shows: 'time', rank: 2 },
};

const MORE_COLUMNS: readonly Column<DatedEvent>[] = [
  { header: 'DUE', name: 'dueAt', value: ({ dueAt }) => dueAt, shows: 'time', wide: true },
  { header: 'SERVICE', value: ({ service }) => service, wide: true },
  { header: 'SOURCE', value: ({ source }) => source, wide: true },
  {
    header: 'RESOLVED',
    name: 'resolvedAt',
    value: ({ resolvedAt }) => resolvedAt,
    shows: 'time',
    wide: true,
  },
  {
    header: 'REOPENED',
    name: 'reopenedAt',
    value: ({ reopenedAt }) => reopenedAt,
    shows: 'time',
    wide: true,
  },
  { header: 'RESOURCE ID', value: ({ resourceId }) => resourceId, wide: true },
  { header: 'ITEM PATH', value: ({ itemPath }) => itemPath, wide: true },
];

export const EVENT_LIST_COLUMNS: readonly Column<DatedEvent>[] = [
  ...EVENT_COLUMNS.map((column) => ({ ...column, ...HINTS[column.header] })),
  ...MORE_COLUMNS,
];

/** What people call the evidence that several checks give. */
const EVIDENCE_NAMES: Readonly<Record<string, string>> = { resourceArn: 'ARN', vpcId: 'VPC' };
/** How vedette has read the results says nothing of the resource; that a finding is unconfirmed is told by a badge. */
const OF_READING = ['resolvedBy', 'unconfirmed'];

/** An event as the dashboard's panel tells it; with `all`, also what only programs need. */
export function eventDetail(
  event: EventWithFinding & Pick<DatedEvent, 'accountName' | 'dueAt'>,
  history: readonly EventHistoryEntry[],
  { all }: { all: boolean },
): Detail {
  const { finding, suppression, details } = event;
  return {
    title: finding?.title ?? event.checkId,
    badges: [event.level, event.status, ...(details.unconfirmed === true ? ['unconfirmed'] : [])],
    parts: [
      ...(suppression === null ? [] : [suppressionPart(suppression)]),
      {
        title: 'Where',
        facts: [
          ['Resource', event.resourceName ?? event.resourceId],
          ['Id', event.resourceName === event.resourceId ? null : event.resourceId],
          ['Type', `${event.service} · ${event.resourceType}`],
          [
            'Account',
            event.accountName === null ? event.accountId : `${event.accountName} (${event.accountId})`,
          ],
          ['Region', event.region ?? 'global'],
          ['Console', consoleLink(details.resourceArn ?? event.resourceId)],
          ['First seen', event.firstSeen],
          ['Last seen', event.lastSeen],
          ['Due', event.dueAt],
          ['Resolved', event.resolvedAt],
          ['Reopened', event.timesReopened > 0 ? `${event.timesReopened} ×` : null],
        ],
      },
      { title: 'Why it matters', lines: explanation(finding?.rationale) },
      { title: 'What to do', lines: explanation(finding?.remediation) },
      { title: 'References', lines: finding?.references ?? [] },
      {
        title: 'Evidence',
        facts: [
          ['Check', event.checkId],
          ['Source', event.source],
          ['Item', event.itemPath],
          ...evidence(details, all),
          ['Hash', all ? event.eventHash : null],
        ],
      },
      { title: 'History', facts: history.map(historyFact) },
    ],
  };
}

function suppressionPart({
  reason,
  owner,
  expiresAt,
  createdBy,
}: NonNullable<EventWithFinding['suppression']>): Part {
  return {
    title: 'Suppressed',
    facts: [
      ['Reason', reason],
      ['By', createdBy],
      ['Owner', owner],
      ['Until', expiresAt ?? 'it is taken back'],
    ],
  };
}

/** A scanner's words, a line for each paragraph or item of a list. */
function explanation(text: string | null | undefined): string[] {
  if (text == null) return [];
  return richText(text).map(({ item, spans }) => {
    const line = spans
      .map((span) => span.text)
      .join('')
      .trim();
    return item ? `• ${line}` : line;
  });
}

function evidence(details: EventWithFinding['details'], all: boolean): Fact[] {
  return Object.entries(details)
    .filter(([name]) => all || !OF_READING.includes(name))
    .map(([name, value]) => [evidenceName(name), valueText(value)] as const);
}

/** Details are called as whoever wrote the results of a scan wished, also `constructor`. */
function evidenceName(name: string): string {
  return (Object.hasOwn(EVIDENCE_NAMES, name) ? EVIDENCE_NAMES[name] : undefined) ?? words(name);
}

/** Values within values as `name: value`, separated by commas. */
function valueText(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  return Object.entries(value)
    .map(([name, inner]) => `${name}: ${valueText(inner)}`)
    .join(', ');
}

function historyFact({ at, kind, scanId, by, reason }: EventHistoryEntry): Fact {
  const who = scanId === null ? (by === null ? '' : ` by ${by}`) : ` in scan ${scanId}`;
  return [at.slice(0, 16).replace('T', ' '), `${kind}${who}${reason === null ? '' : `: ${reason}`}`];
}
