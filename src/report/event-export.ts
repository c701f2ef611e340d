import type { DatedEvent, EventSort } from '../model/event.ts';
import { csvRows } from '../text/csv.ts';
import type { CsvValue } from '../text/csv.ts';
import { asffFinding } from './asff.ts';
import { EXPORT_COLUMNS } from './event-columns.ts';
import type { ExportedEvent } from './event-columns.ts';
import { eventReport } from './event-report.ts';
import { ocsfFinding } from './ocsf.ts';
import { jsonLines } from './record-file.ts';

export const EXPORT_FORMATS = ['csv', 'report', 'jsonl', 'ocsf', 'asff'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Content type and file name of an export. */
export function exportFile(format: ExportFormat, now: Date): { type: string; name: string } {
  const day = now.toISOString().slice(0, 10);
  if (format === 'csv') return { type: 'text/csv; charset=utf-8', name: `vedette-events-${day}.csv` };
  if (format === 'report') return { type: 'text/html; charset=utf-8', name: `vedette-report-${day}.html` };
  const kind = format === 'jsonl' ? 'events' : format;
  return { type: 'application/jsonl; charset=utf-8', name: `vedette-${kind}-${day}.jsonl` };
}

/** The events of an export, in an order: as they are, or with what a reader needs to understand them. */
export interface ExportedEvents {
  plain(): AsyncIterable<DatedEvent>;
  described(sort: EventSort): AsyncIterable<ExportedEvent>;
}

/** Events as text, in pieces; reads no more of them than are asked for. */
export function exportEvents(
  format: ExportFormat,
  events: ExportedEvents,
  now: Date,
): AsyncGenerator<string> {
  switch (format) {
    case 'csv':
      return csvRows(
        EXPORT_COLUMNS.map(({ header }) => header),
        cells(events.described('newest')),
      );
    case 'report':
      return eventReport(events.described('-level'), now);
    case 'jsonl':
      return jsonLines(events.plain(), (event) => event);
    case 'ocsf':
      return jsonLines(events.plain(), ocsfFinding);
    case 'asff':
      return jsonLines(events.described('newest'), asffFinding);
  }
}

async function* cells(events: AsyncIterable<ExportedEvent>): AsyncGenerator<CsvValue[]> {
  for await (const event of events) yield EXPORT_COLUMNS.map(({ value }) => value(event));
}
