import { RECORD_FORMATS } from '../../../src/model/record-format.ts';
import type { RecordFormat } from '../../../src/model/record-format.ts';

const NAMES = { csv: 'CSV', jsonl: 'JSON lines' } as const;

/** All rows of a list that its filters leave, as a file. */
export function ExportMenu({ addressOf }: { addressOf: (format: RecordFormat) => string }) {
  return (
    <details className="menu">
      <summary className="button">Export</summary>
      <ul className="menu-items">
        {RECORD_FORMATS.map((format) => (
          <li key={format}>
            <a href={addressOf(format)} download>
              {NAMES[format]}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
