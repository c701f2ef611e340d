import type { Dialect } from './tables-v1.ts';
import { createView360Table, createView360View } from './view360-sql-v1.ts';
import { VIEW360_TABLES_V1 } from './view360-tables-v1.ts';
import { VIEW360_VIEWS_V1 } from './view360-views-v1.ts';

/** One step of the tables of accounts; each of its statements can run again. */
export interface View360Migration {
  version: number;
  statements(dialect: Dialect): string[];
}

/**
 * How the tables of accounts, of their costs and of what they comply with are made: apart from the others, when they are first
 * needed, and known by `view360_schema_versions`. In order; a released one never changes.
 */
export const view360Migrations: readonly View360Migration[] = [
  {
    version: 1,
    statements: (dialect) => [
      ...VIEW360_TABLES_V1.flatMap((table) => createView360Table(dialect, table)),
      ...VIEW360_VIEWS_V1.flatMap((view) => createView360View(dialect, view)),
    ],
  },
];
