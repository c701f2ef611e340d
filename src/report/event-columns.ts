import type { DescribedEvent, NamedEvent } from '../model/event.ts';
import type { CsvValue } from '../text/csv.ts';
import { richText } from '../text/rich-text.ts';

/** One column of a list of events. */
export interface EventColumn {
  header: string;
  value: (event: NamedEvent) => CsvValue;
}

/** The columns of lists of events, in tables and in CSV. */
export const EVENT_COLUMNS: readonly EventColumn[] = [
  { header: 'ID', value: (event) => event.id },
  { header: 'LEVEL', value: (event) => event.level },
  { header: 'STATUS', value: (event) => event.status },
  { header: 'ACCOUNT NAME', value: (event) => event.accountName },
  { header: 'ACCOUNT', value: (event) => event.accountId },
  { header: 'REGION', value: (event) => event.region },
  { header: 'RESOURCE TYPE', value: (event) => event.resourceType },
  { header: 'RESOURCE', value: (event) => event.resourceName ?? event.resourceId },
  { header: 'CHECK', value: (event) => event.checkId },
  { header: 'FIRST SEEN', value: (event) => event.firstSeen },
  { header: 'LAST SEEN', value: (event) => event.lastSeen },
];

export type ExportedEvent = NamedEvent & DescribedEvent;

/** The columns of an export as CSV: those of lists, and what a reader needs to understand them. */
export const EXPORT_COLUMNS: readonly { header: string; value: (event: ExportedEvent) => CsvValue }[] = [
  ...EVENT_COLUMNS,
  { header: 'SERVICE', value: (event) => event.service },
  { header: 'RESOURCE ID', value: (event) => event.resourceId },
  { header: 'RESOLVED', value: (event) => event.resolvedAt },
  { header: 'TITLE', value: (event) => event.finding?.title ?? null },
  { header: 'WHY IT MATTERS', value: (event) => onOneLine(event.finding?.rationale) },
  { header: 'WHAT TO DO', value: (event) => onOneLine(event.finding?.remediation) },
  { header: 'SUPPRESSED BECAUSE', value: (event) => event.suppression?.reason ?? null },
  { header: 'SUPPRESSION OWNER', value: (event) => event.suppression?.owner ?? null },
  { header: 'SUPPRESSED UNTIL', value: (event) => event.suppression?.expiresAt ?? null },
];

/** A scanner's words without their mark-up. */
export function onOneLine(words: string | null | undefined): string | null {
  if (words == null) return null;
  return richText(words)
    .map(({ spans }) =>
      spans
        .map((span) => span.text)
        .join('')
        .trim(),
    )
    .join(' ');
}
