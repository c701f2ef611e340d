import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, dialectOf } from './tables-v1.ts';
import type { Dialect, TableDefinition } from './tables-v1.ts';

/** People, what they are in organisations, and how they sign in; what is theirs of credentials and the audit log. */
export class People1766800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dialect = dialectOf(runner);
    for (const table of tables(dialect)) {
      for (const statement of createTable(dialect, table)) await runner.query(statement);
    }
    const { number, text, time } = columnTypes(dialect);
    await addColumn(runner, 'vedette_credentials', 'user_id', `${number} NULL`);
    await addColumn(runner, 'vedette_credentials', 'method', `${text(16)} NULL`);
    await addColumn(runner, 'vedette_credentials', 'authenticated_at', `${time} NULL`);
    await addColumn(runner, 'vedette_audit', 'user_id', `${number} NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumn(runner, 'vedette_audit', 'user_id');
    for (const name of ['authenticated_at', 'method', 'user_id']) {
      await dropColumn(runner, 'vedette_credentials', name);
    }
    for (const { name } of tables(dialectOf(runner)).toReversed()) await runner.dropTable(name, true);
  }
}

function tables(dialect: Dialect): TableDefinition[] {
  const { number, text, ascii, longText, time, flag } = columnTypes(dialect);
  const ofUser = (name: string) => ({ [name]: { column: 'user_id', table: 'vedette_users' } });
  const nullable = true;
  return [
    {
      name: 'vedette_users',
      columns: {
        created_at: { type: time },
        email: { type: text(254) },
        email_key: { type: text(254) },
        email_verified_at: { type: time, nullable },
        name: { type: text(100) },
        password_hash: { type: ascii(255), nullable },
        password_changed_at: { type: time, nullable },
        failed_sign_ins: { type: number, default: '0' },
        next_sign_in_at: { type: time, nullable },
        operator: { type: flag, default: '0' },
        last_sign_in_at: { type: time, nullable },
        disabled_at: { type: time, nullable },
      },
      indexes: { uq_users_email: { columns: ['email_key'], unique: true } },
    },
    {
      name: 'vedette_identities',
      columns: {
        created_at: { type: time },
        user_id: { type: number },
        provider: { type: text(64) },
        issuer: { type: text(255) },
        subject: { type: text(255) },
        email: { type: text(254), nullable },
        email_verified: { type: flag },
        last_used_at: { type: time, nullable },
      },
      indexes: {
        uq_identities_subject: { columns: ['issuer', 'subject'], unique: true },
        idx_identities_user: { columns: ['user_id'] },
      },
      foreignKeys: ofUser('fk_identities_user'),
    },
    {
      name: 'vedette_memberships',
      columns: {
        organization_id: { type: text(64) },
        created_at: { type: time },
        created_by: { type: text(255) },
        user_id: { type: number },
        role: { type: text(16) },
        origin: { type: text(16) },
      },
      indexes: {
        uq_memberships_user: { columns: ['organization_id', 'user_id'], unique: true },
        idx_memberships_user: { columns: ['user_id'] },
      },
      foreignKeys: ofUser('fk_memberships_user'),
    },
    {
      name: 'vedette_invitations',
      columns: {
        organization_id: { type: text(64) },
        created_at: { type: time },
        created_by: { type: text(255) },
        email: { type: text(254) },
        email_key: { type: text(254) },
        role: { type: text(16) },
        secret_sha256: { type: ascii(64) },
        open_key: { type: text(254), nullable },
        expires_at: { type: time },
        sent_at: { type: time, nullable },
        accepted_at: { type: time, nullable },
        accepted_by: { type: number, nullable },
        ended_at: { type: time, nullable },
        ended_by: { type: text(255), nullable },
      },
      indexes: {
        uq_invitations_secret: { columns: ['secret_sha256'], unique: true },
        uq_invitations_open: { columns: ['organization_id', 'open_key'], unique: true },
      },
    },
    {
      name: 'vedette_sign_ins',
      columns: {
        created_at: { type: time },
        provider: { type: text(64) },
        purpose: { type: text(16) },
        state_sha256: { type: ascii(64) },
        browser_sha256: { type: ascii(64) },
        nonce: { type: ascii(128) },
        code_verifier: { type: ascii(128) },
        return_to: { type: longText },
        user_id: { type: number, nullable },
        expires_at: { type: time },
      },
      indexes: {
        uq_sign_ins_state: { columns: ['state_sha256'], unique: true },
        idx_sign_ins_user: { columns: ['user_id'] },
      },
      foreignKeys: ofUser('fk_sign_ins_user'),
    },
    {
      name: 'vedette_user_codes',
      columns: {
        created_at: { type: time },
        user_id: { type: number },
        kind: { type: text(16) },
        secret_sha256: { type: ascii(64) },
        email: { type: text(254), nullable },
        expires_at: { type: time },
        used_at: { type: time, nullable },
      },
      indexes: {
        uq_user_codes_secret: { columns: ['secret_sha256'], unique: true },
        idx_user_codes_user: { columns: ['user_id'] },
      },
      foreignKeys: ofUser('fk_user_codes_user'),
    },
    {
      name: 'vedette_factors',
      columns: {
        created_at: { type: time },
        user_id: { type: number },
        kind: { type: text(16) },
        name: { type: text(100) },
        credential_sha256: { type: ascii(64), nullable },
        secret: { type: longText },
        counter: { type: number, default: '0' },
        last_used_at: { type: time, nullable },
      },
      indexes: {
        uq_factors_credential: { columns: ['credential_sha256'], unique: true },
        idx_factors_user: { columns: ['user_id'] },
      },
      foreignKeys: ofUser('fk_factors_user'),
    },
  ];
}

async function addColumn(runner: QueryRunner, table: string, name: string, type: string): Promise<void> {
  if (await runner.hasColumn(table, name)) return;
  await runner.query(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`);
}

async function dropColumn(runner: QueryRunner, table: string, name: string): Promise<void> {
  if (await runner.hasColumn(table, name)) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${name}`);
}
