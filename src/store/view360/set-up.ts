import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { view360Migrations } from '../../../migrations/view360.ts';
import { withNamedLock } from '../database/named-lock.ts';
import { inTransaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';

const ready = new WeakSet<DataSource>();

/**
 * Makes the tables and views, or brings them up to date, when they are first needed: a database that nobody keeps accounts'
 * figures in has none of them. Several processes may do so at once.
 *
 * @throws VedetteError of the database
 */
export async function setUpView360(store: Store): Promise<void> {
  if (ready.has(store.dataSource)) return;
  if ((await pending(store)).length > 0) {
    const { signal } = new AbortController();
    await store.session((session) =>
      store.dialect === 'sqlite'
        ? inTransaction(store, session, signal, () => apply(store, session))
        : withNamedLock(store, session, 'view360-tables', signal, () => apply(store, session)),
    );
  }
  ready.add(store.dataSource);
}

/** The versions that the database has not been brought to. */
async function pending({ read }: Pick<Store, 'read'>): Promise<typeof view360Migrations> {
  // Whatever is the matter, making the tables will tell.
  const applied = await read<{ version: number }>('SELECT version FROM view360_schema_versions').catch(
    () => [],
  );
  return view360Migrations.filter(({ version }) => !applied.some((row) => row.version === version));
}

async function apply(store: Store, session: Session): Promise<void> {
  // Another process may have done it meanwhile.
  for (const { version, statements } of await pending({ read: session.query })) {
    const sql = statements(store.dialect);
    for (const statement of sql) await session.execute(statement);
    const checksum = createHash('sha256').update(sql.join('\n')).digest('hex');
    await session.execute(
      'INSERT INTO view360_schema_versions (version, applied_at, checksum, engine) VALUES (?, ?, ?, ?)',
      [version, sqlTime(new Date()), checksum, store.dialect],
    );
  }
}
