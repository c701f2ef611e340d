import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { enterAccount } from '../../../src/accounts/entering.ts';
import { GRACE_DAYS, isNearLimit, TIERS } from '../../../src/model/plan.ts';
import { transaction } from '../../../src/store/database/store.ts';
import type { Store } from '../../../src/store/database/store.ts';
import {
  planInForce,
  planOf,
  requireFeature,
  requireRoomForMember,
  setPlan,
} from '../../../src/store/organizations/plans.ts';
import { reading } from '../../../src/store/people/users.ts';
import { addOrganizations, createDatabase, DATABASES, testConfig } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const nowhere = { configFile: '/nowhere/config', credentialsFile: '/nowhere/credentials' };
const on = testConfig({ plans: { enabled: true }, aws: nowhere });
const off = testConfig({ aws: nowhere });

describe.each(DATABASES)('plans in %s', (kind) => {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    database = createDatabase(kind);
    store = await database.open();
    await addOrganizations(store, 'acme', 'globex', 'race');
  });
  afterAll(() => database.remove());

  const enter = (organizationId: string, number: number, config = on) =>
    enterAccount(store, config, organizationId, {
      name: `account-${number}`,
      roleArn: `arn:aws:iam::${String(number).padStart(12, '0')}:role/vedette`,
      baseProfile: null,
      createdBy: 'me',
    });
  const member = (organizationId: string, pending: boolean, config = on) =>
    transaction(store, (session) =>
      requireRoomForMember(store, session, config, { organizationId, pending }),
    );
  const join = (organizationId: string, email: string) =>
    transaction(store, async (session) => {
      const now = '2026-11-27 00:00:00.000';
      await session.execute(
        'INSERT INTO vedette_users (created_at, email, email_key, name) VALUES (?, ?, ?, ?)',
        [now, email, email, email],
      );
      await session.execute(
        `INSERT INTO vedette_memberships (organization_id, created_at, created_by, user_id, role, origin)
          SELECT ?, ?, 'me', id, 'MEMBER', 'manual' FROM vedette_users WHERE email_key = ?`,
        [organizationId, now, email],
      );
    });
  const invite = (organizationId: string, email: string, expiresAt: string) =>
    transaction(store, (session) =>
      session.execute(
        `INSERT INTO vedette_invitations
            (organization_id, created_at, created_by, email, email_key, role, secret_sha256, open_key, expires_at)
          VALUES (?, '2026-11-27 00:00:00.000', 'me', ?, ?, 'MEMBER', ?, ?, ?)`,
        [organizationId, email, email, email.padEnd(64, '0'), email, expiresAt],
      ),
    );

  test('limit nothing while they are off', async () => {
    for (const number of [1, 2, 3])
      expect(await enter('globex', number, off)).toMatchObject({ organizationId: 'globex' });
    await member('globex', true, off);
    await requireFeature(reading(store), off, 'globex', 'team_invites');
  });

  test('whoever has none has the first: one account, one person, nobody invited', async () => {
    expect(await planOf(reading(store), 'acme')).toMatchObject({
      tier: 'FREE',
      currency: 'gbp',
      price_pence: 0,
      memberLimit: 1,
      accountLimit: 1,
    });
    await expect(requireFeature(reading(store), on, 'acme', 'team_invites')).rejects.toMatchObject({
      type: 'plan-required',
      message:
        'Team member invitations require Individual tier (£29/mo) or higher. Collaborate with your team by upgrading.',
    });
    await expect(requireFeature(reading(store), on, 'acme', 'org_features')).rejects.toMatchObject({
      type: 'plan-required',
    });
    await enter('acme', 1);
    await expect(enter('acme', 2)).rejects.toMatchObject({
      type: 'plan-limit',
      message: 'Cloud account limit (1) reached. Upgrade to Individual for more cloud accounts.',
    });
  });

  test('people count with the invitations that are open', async () => {
    await setPlan(store, on, 'acme', { tier: 'INDIVIDUAL' });
    await requireFeature(reading(store), on, 'acme', 'team_invites');
    await join('acme', `owner@${kind}.example`);
    await invite('acme', `first@${kind}.example`, '2099-01-01 00:00:00.000');
    await invite('acme', `late@${kind}.example`, '2026-01-01 00:00:00.000');
    await member('acme', true);
    await invite('acme', `second@${kind}.example`, '2099-01-01 00:00:00.000');
    await expect(member('acme', true)).rejects.toMatchObject({
      type: 'plan-limit',
      message: 'Team member limit (3) reached. Upgrade to Pro for more team members.',
    });
    // One who accepts takes the place of the invitation.
    await member('acme', false);
  });

  test('limits can be set for one organisation', async () => {
    await setPlan(store, on, 'acme', { tier: 'PRO', memberLimit: 1, accountLimit: 2 });
    await expect(member('acme', false)).rejects.toMatchObject({
      message: 'Team member limit (1) reached. Upgrade to Enterprise for more team members.',
    });
    await requireFeature(reading(store), on, 'acme', 'org_features');
    await enter('acme', 3);
    await expect(enter('acme', 4)).rejects.toMatchObject({ type: 'plan-limit' });
    await setPlan(store, on, 'acme', { tier: 'ENTERPRISE' });
    expect(await planOf(reading(store), 'acme')).toMatchObject({
      price_pence: null,
      memberLimit: null,
      accountLimit: null,
    });
    for (const number of [4, 5, 6, 7, 8]) await enter('acme', number);
    await expect(setPlan(store, on, 'nobody', { tier: 'PRO' })).rejects.toMatchObject({ type: 'not-found' });
  });

  test('of two at once, one is the last', async () => {
    const results = await Promise.allSettled([enter('race', 1), enter('race', 2), enter('race', 3)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

test('who has not paid for too long has the first plan', async () => {
  const now = new Date('2026-11-27T00:00:00.000Z');
  const graceUntil = new Date(now.getTime() + GRACE_DAYS * 86_400_000);
  const plan = {
    tier: 'PRO',
    status: 'past_due',
    memberLimit: 10,
    accountLimit: 500,
    currency: 'gbp',
    price_pence: 25_000,
    periodEnd: null,
    cancelAt: null,
    graceUntil: graceUntil.toISOString(),
  } as const;
  expect(planInForce(plan, now)).toEqual(plan);
  expect(planInForce(plan, graceUntil)).toMatchObject({ tier: 'FREE', memberLimit: 1, status: 'past_due' });
});

test.each([
  [1, 3, false],
  [2, 3, true],
  [7, 10, false],
  [8, 10, true],
  [1000, null, false],
])('%i of %p is near: %p', (used, limit, near) => {
  expect(isNearLimit(used, limit)).toBe(near);
});

test('the tiers are those of the requirements', () => {
  expect(TIERS).toEqual(['FREE', 'INDIVIDUAL', 'PRO', 'ENTERPRISE']);
});
