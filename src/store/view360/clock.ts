import { transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import type { SqlValue } from '../database/values.ts';
import { sqlTime } from '../database/values.ts';

const DAY_MS = 86_400_000;
/** An account that has sent nothing for longer is stale: a daily payload and a day's grace. */
const STALE_MS = 2 * DAY_MS;

/** What views take for today, and the days around it: they reckon no dates themselves. */
export async function setReportClock(session: Session, now: Date): Promise<void> {
  const day = (offset: number): string =>
    new Date(now.getTime() + offset * DAY_MS).toISOString().slice(0, 10);
  const month = (offset: number): string =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1)).toISOString().slice(0, 10);
  const clock: Readonly<Record<string, SqlValue>> = {
    as_of: day(0),
    d7: day(-7),
    d30: day(-30),
    d90: day(-90),
    in30: day(30),
    in60: day(60),
    in90: day(90),
    month_start: month(0),
    prev_month_start: month(-1),
    next_month_start: month(1),
    stale_before: sqlTime(new Date(now.getTime() - STALE_MS)),
  };
  const [known] = await session.query<{ as_of: string; stale_before: string }>(
    'SELECT as_of, stale_before FROM view360_report_clock WHERE id = 1',
  );
  const columns = Object.keys(clock);
  const values = Object.values(clock);
  if (known === undefined) {
    const marks = columns.map(() => '?').join(', ');
    await session.execute(
      `INSERT INTO view360_report_clock (id, ${columns.join(', ')}) VALUES (1, ${marks})`,
      values,
    );
  } else {
    const sets = columns.map((column) => `${column} = ?`).join(', ');
    await session.execute(`UPDATE view360_report_clock SET ${sets} WHERE id = 1`, values);
  }
}

/** Views take for today what the clock says. Whoever reads winds it, at most once a day. */
export async function keepClock(store: Store): Promise<void> {
  const [clock] = await store.read<{ as_of: string }>('SELECT as_of FROM view360_report_clock WHERE id = 1');
  const today = new Date().toISOString().slice(0, 10);
  if (clock !== undefined && clock.as_of >= today) return;
  await transaction(store, (session) => setReportClock(session, new Date()));
}
