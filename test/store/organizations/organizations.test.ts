import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrations } from '../../../migrations/index.ts';
import { configOf } from '../../../src/settings.ts';
import { createToken } from '../../../src/store/access/credentials.ts';
import { addAccount } from '../../../src/store/accounts/accounts.ts';
import { migrateStore } from '../../../src/store/database/migrate.ts';
import type { Store } from '../../../src/store/database/store.ts';
import {
  addOrganization,
  externalIdOf,
  getOrganization,
  listOrganizations,
  renameOrganization,
} from '../../../src/store/organizations/organizations.ts';
import {
  organizationSettings,
  setOrganizationSettings,
  settingsFor,
} from '../../../src/store/organizations/settings.ts';
import { reading } from '../../../src/store/people/users.ts';
import { addOrganizations, createDatabase, DATABASES, testConfig } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const account = {
  name: 'production',
  accountId: '222222222222',
  roleArn: 'arn:aws:iam::222222222222:role/vedette',
  baseProfile: null,
  createdBy: 'me',
};
const config = testConfig({
  mail: { recipients: 'us@example.com', enabled: true },
  channels: { slackUrl: 'https://hooks.slack.example/ours' },
});

describe.each(DATABASES)('organisations in %s', (kind) => {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    database = createDatabase(kind);
    store = await database.open();
    await addOrganizations(store, 'acme', 'globex');
  });
  afterAll(() => database.remove());

  test("the installation's own is there by itself, others are made, each once", async () => {
    const list = await listOrganizations(store, config);
    expect(list.map(({ organizationId, own }) => [organizationId, own])).toEqual([
      ['acme', false],
      ['default', true],
      ['globex', false],
    ]);
    const again = { organizationId: 'acme', name: 'another', createdBy: 'me' };
    await expect(addOrganization(store, config, again)).rejects.toMatchObject({ type: 'usage' });
    await renameOrganization(store, config, 'acme', 'Acme Ltd');
    expect(await getOrganization(store, config, 'acme')).toMatchObject({ name: 'Acme Ltd', own: false });
    await expect(getOrganization(store, config, 'nobody')).rejects.toMatchObject({ type: 'not-found' });
    await expect(renameOrganization(store, config, 'nobody', 'x')).rejects.toMatchObject({
      type: 'not-found',
    });
    await expect(addAccount(store, 'nobody', account)).rejects.toMatchObject({ type: 'not-found' });
  });

  test('an upgrade enters whoever has something, with the external id of their accounts', async () => {
    await addOrganizations(store, 'with accounts', 'with tokens');
    const { externalId } = await addAccount(store, 'with accounts', account);
    const token = { name: 'ci', scope: 'read', createdBy: 'me', expiresAt: null } as const;
    await createToken(store, 'with tokens', token);
    const Organizations = migrations.find(({ name }) => name === 'Organizations1766900000000');
    await store.session(async (session) => {
      if (Organizations !== undefined) await new Organizations().down(session.runner);
      await session.execute("DELETE FROM vedette_migrations WHERE name = 'Organizations1766900000000'");
    });
    expect(await migrateStore(store)).toContain('Organizations1766900000000');
    expect((await listOrganizations(store, config)).map(({ organizationId }) => organizationId)).toEqual([
      'default',
      'with accounts',
      'with tokens',
    ]);
    expect(await externalIdOf(reading(store), 'with accounts')).toBe(externalId);
    await addOrganizations(store, 'acme', 'globex');
  });

  test('what one sets for itself holds for it alone', async () => {
    const values = {
      recipients: '"Doe, Jane" <jane@acme.example>, ops@acme.example',
      'notify-levels': 'critical',
      due: 'high=1d',
      sources: 'checks',
      depth: 'quick',
      retention: '90d',
    };
    await setOrganizationSettings(store, config, 'acme', { values, by: 'jane' });
    const acme = await settingsFor(store, config, 'acme');
    expect(acme.mail).toMatchObject({
      recipients: ['"Doe, Jane" <jane@acme.example>', 'ops@acme.example'],
      onSeverity: ['critical'],
      enabled: true,
    });
    expect(acme.general).toMatchObject({
      organizationId: 'acme',
      ownOrganizationId: 'default',
      sources: ['checks'],
      retentionMs: 90 * 86_400_000,
    });
    expect(acme.checks.depth).toBe('quick');
    // What reaches the installation's own people is not for the others.
    const globex = await settingsFor(store, config, 'globex');
    expect(globex.mail).toMatchObject({ recipients: [], onSeverity: config.mail.onSeverity });
    expect([acme.channels.slackUrl, globex.channels.slackUrl]).toEqual([undefined, undefined]);
    const own = await settingsFor(store, config, 'default');
    expect(own.mail.recipients).toEqual(config.mail.recipients);
    expect(own.channels.slackUrl).toBe('https://hooks.slack.example/ours');

    await setOrganizationSettings(store, config, 'acme', { values: { due: null }, by: 'jane' });
    const listed = await organizationSettings(store, 'acme');
    expect(listed.find(({ name }) => name === 'due')).toMatchObject({ value: null, updatedBy: null });
    expect(listed.find(({ name }) => name === 'depth')).toMatchObject({ value: 'quick', updatedBy: 'jane' });
    expect((await organizationSettings(store, 'globex')).every(({ value }) => value === null)).toBe(true);
  });

  test.each([
    [{ smtpHost: 'evil.example' }, /there is no setting "smtpHost"/],
    [{ constructor: 'x' }, /there is no setting "constructor"/],
    [{ recipients: 'a@b.example\nBcc: c@d.example' }, /recipients: /],
    [{ 'notify-levels': 'urgent', depth: 'abyssal' }, /notify-levels: .*; depth: /],
    [{ retention: 'for ever' }, /retention: expected/],
  ])('refuses %j', async (values, message) => {
    const before = await organizationSettings(store, 'globex');
    await expect(
      setOrganizationSettings(store, config, 'globex', { values, by: 'me' }),
    ).rejects.toMatchObject({ type: 'usage', message: expect.stringMatching(message) });
    expect(await organizationSettings(store, 'globex')).toEqual(before);
  });

  test('work for one keeps what is the installation’s own', () => {
    expect(configOf(configOf(config, 'acme'), 'globex').general).toMatchObject({
      organizationId: 'globex',
      ownOrganizationId: 'default',
    });
  });
});
