import type { Store } from '../../src/store/database/store.ts';
import { tables } from '../../src/store/view360/tables.ts';

/** What this database alone gave to rows. */
const OWN = ['id', 'created_at', 'updated_at', 'source_file_id', 'product_id', 'log_id', 'row_key'];

/** All rows of accounts, without what differs from one load to the next. */
export async function tableContents(store: Store): Promise<Record<string, unknown[]>> {
  const contents: Record<string, unknown[]> = {};
  for (const { name, sqlName, kind, key, columns } of tables.values()) {
    if (kind === 'system') continue;
    const names = columns.map((column) => column.name).filter((column) => !OWN.includes(column));
    contents[name] = await store.read(
      `SELECT ${names.join(', ')} FROM ${sqlName} ORDER BY ${key.join(', ')}`,
    );
  }
  return contents;
}
