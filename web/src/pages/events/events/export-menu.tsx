import { Link } from '@tanstack/react-router';
import { EXPORT_FORMATS, exportAddress } from '../shared/event-filter.ts';
import type { EventFilter } from '../shared/event-filter.ts';

const NAMES = { csv: 'CSV', jsonl: 'JSON lines', ocsf: 'OCSF' } as const;

/** All events of the filters as a file, in each format. */
export function ExportMenu({ filter }: { filter: EventFilter }) {
  return (
    <div className="export-menu" role="group" aria-label="Export what the filters show">
      <span className="muted">Export:</span>
      {EXPORT_FORMATS.map((format) => (
        <a key={format} className="button" href={exportAddress(format, filter)} download>
          {NAMES[format]}
        </a>
      ))}
      <Link to="/exports" search={filter} className="button" data-look="quiet">
        What is in it?
      </Link>
    </div>
  );
}
