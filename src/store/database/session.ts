import type { QueryRunner } from 'typeorm';
import { translateErrors } from './driver-errors.ts';
import { untilFree } from './lock-wait.ts';
import type { Semaphore } from './semaphore.ts';
import type { Session } from './store.ts';
import type { SqlValue } from './values.ts';
import { boundValues } from './values.ts';

/** A session on a connection that nobody else has. `where` names the database in failures; `mostBytes` is the longest statement. */
export function ownSession(runner: QueryRunner, where: string, mostBytes = Infinity): Session {
  const run = (sql: string, values: readonly SqlValue[]) =>
    translateErrors(runner.query(sql, boundValues(values), true), where, { sql, values, mostBytes });
  return {
    runner,
    query: async (sql, values = []) => (await run(sql, values)).records,
    execute: async (sql, values = []) => (await run(sql, values)).affected ?? 0,
    alone: (work) => work(),
  };
}

/** A session of its own on a connection that several share: what it does passes the semaphore, unless it is alone already. */
export function sharedSession(connection: Session, semaphore: Semaphore): Session {
  let isAlone = false;
  const pass = <Result>(statement: () => Promise<Result>): Promise<Result> =>
    isAlone ? statement() : semaphore.run(() => untilFree(statement));
  return {
    runner: connection.runner,
    query: (sql, values) => pass(() => connection.query(sql, values)),
    execute: (sql, values) => pass(() => connection.execute(sql, values)),
    alone: (work) =>
      semaphore.run(async () => {
        isAlone = true;
        try {
          return await work();
        } finally {
          isAlone = false;
        }
      }),
  };
}
