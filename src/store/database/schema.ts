import { migrations } from '../../../migrations/index.ts';
import { METADATA_TABLE } from './column-types.ts';
import type { Dialect } from './column-types.ts';
import { entities } from './entities.ts';

export const MIGRATIONS_TABLE = 'vedette_migrations';

/** What TypeORM needs to know of the tables and of how they are made. */
export function schemaOptions(dialect: Dialect) {
  return {
    entities: entities(dialect),
    migrations,
    migrationsTableName: MIGRATIONS_TABLE,
    metadataTableName: METADATA_TABLE,
  };
}
