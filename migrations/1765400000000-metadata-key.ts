import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A primary key of the one table that had none: some servers demand it, and replication needs it. SQLite has rowids. */
export class MetadataKey1765400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (isSqlite(runner) || (await runner.hasColumn('vedette_metadata', 'id'))) return;
    await runner.query(
      'ALTER TABLE vedette_metadata ADD COLUMN id int NOT NULL AUTO_INCREMENT PRIMARY KEY FIRST',
    );
  }

  /** The key stays: servers that demand one would not give it up, and nobody is in its way. */
  async down(): Promise<void> {}
}

function isSqlite(runner: QueryRunner): boolean {
  return runner.dataSource.options.type === 'better-sqlite3';
}
