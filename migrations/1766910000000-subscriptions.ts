import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, dialectOf } from './tables-v1.ts';
import type { Dialect, TableDefinition } from './tables-v1.ts';

/** The plans of organisations that have one, and what was told of them from outside. */
export class Subscriptions1766910000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dialect = dialectOf(runner);
    for (const table of [subscriptions(dialect), events(dialect)]) {
      for (const statement of createTable(dialect, table)) await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['vedette_stripe_events', 'vedette_subscriptions']) {
      await runner.dropTable(table, true);
    }
  }
}

function subscriptions(dialect: Dialect): TableDefinition {
  const { number, text, ascii, time } = columnTypes(dialect);
  return {
    name: 'vedette_subscriptions',
    columns: {
      organization_id: { type: text(64) },
      created_at: { type: time },
      tier: { type: text(16) },
      status: { type: text(16) },
      member_limit: { type: number, nullable: true },
      account_limit: { type: number, nullable: true },
      currency: { type: text(3) },
      price_pence: { type: number, nullable: true },
      stripe_customer_id: { type: ascii(255), nullable: true },
      stripe_subscription_id: { type: ascii(255), nullable: true },
      stripe_price_id: { type: ascii(255), nullable: true },
      period_end: { type: time, nullable: true },
      cancel_at: { type: time, nullable: true },
      grace_until: { type: time, nullable: true },
      source_at: { type: time },
    },
    indexes: {
      uq_subscriptions_organization: { columns: ['organization_id'], unique: true },
      uq_subscriptions_customer: { columns: ['stripe_customer_id'], unique: true },
      uq_subscriptions_subscription: { columns: ['stripe_subscription_id'], unique: true },
    },
  };
}

function events(dialect: Dialect): TableDefinition {
  const { text, ascii, time } = columnTypes(dialect);
  return {
    name: 'vedette_stripe_events',
    columns: {
      created_at: { type: time },
      event_id: { type: ascii(255) },
      type: { type: text(100) },
      handled_at: { type: time, nullable: true },
    },
    indexes: { uq_stripe_events_event: { columns: ['event_id'], unique: true } },
  };
}
