import { Link } from '@tanstack/react-router';
import { EXPORT_FORMATS, exportAddress } from '../shared/event-filter.ts';
import type { EventFilter, ScopedFilter } from '../shared/event-filter.ts';

const NAMES = { csv: 'CSV', report: 'Report', jsonl: 'JSON lines', ocsf: 'OCSF', asff: 'ASFF' } as const;

/** All events of the filters as a file, in each format. */
export function ExportMenu({ filter, asked }: { filter: EventFilter; asked: ScopedFilter }) {
  return (
    <details className="menu">
      <summary className="button">Export</summary>
      <ul className="menu-items">
        {EXPORT_FORMATS.map((format) => (
          <li key={format}>
            <a href={exportAddress(format, asked)} download>
              {NAMES[format]}
            </a>
          </li>
        ))}
        <li>
          <Link to="/exports" search={filter}>
            What is in it?
          </Link>
        </li>
      </ul>
    </details>
  );
}
