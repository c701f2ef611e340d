import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  addAccount,
  getAccount,
  listAccounts,
  recordCheck,
  removeAccount,
} from '../../../src/store/accounts/accounts.ts';
import type { NewAccount } from '../../../src/store/accounts/accounts.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { addOrganizations, createDatabase, DATABASES } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const account = (name: string): NewAccount => ({
  name,
  accountId: '222222222222',
  roleArn: 'arn:aws:iam::222222222222:role/vedette',
  baseProfile: null,
  createdBy: 'me',
});

describe.each(DATABASES)('accounts in %s', (kind) => {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    database = createDatabase(kind);
    store = await database.open();
    await addOrganizations(store, 'acme', 'globex', 'one', 'other', 'names', 'checks', 'gone');
  });
  afterAll(() => database.remove());

  test('what was added is there, for its organisation alone', async () => {
    const added = await addAccount(store, 'acme', account('b'));
    expect(added).toMatchObject({
      ...account('b'),
      organizationId: 'acme',
      kind: 'aws-role',
      checkedAt: null,
      problem: null,
    });
    expect(await getAccount(store, 'acme', 'b')).toEqual(added);
    await addAccount(store, 'acme', account('a'));
    expect((await listAccounts(store, 'acme')).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(await listAccounts(store, 'globex')).toEqual([]);
    await expect(getAccount(store, 'globex', 'b')).rejects.toMatchObject({ type: 'account-unknown' });
    await expect(removeAccount(store, 'globex', 'b')).rejects.toMatchObject({ type: 'account-unknown' });
  });

  test('all accounts of an organisation have one external id, which no other organisation has', async () => {
    const [one, two, other] = [
      await addAccount(store, 'one', account('first')),
      await addAccount(store, 'one', account('second')),
      await addAccount(store, 'other', account('first')),
    ];
    expect(two.externalId).toBe(one.externalId);
    expect(other.externalId).not.toBe(one.externalId);
    // What STS takes.
    expect(one.externalId).toMatch(/^[\w+=,.@:/-]{32,64}$/);
  });

  test('a name is given once', async () => {
    await addAccount(store, 'names', account('taken'));
    await expect(addAccount(store, 'names', account('taken'))).rejects.toMatchObject({
      type: 'usage',
      message: expect.stringContaining('"taken"'),
    });
    expect(await addAccount(store, 'names', account('TAKEN'))).toMatchObject({ name: 'TAKEN' });
  });

  test('the last check is kept, with what was wrong', async () => {
    const added = await addAccount(store, 'checks', account('checked'));
    const problem = { type: 'credentials', message: "can't", remedy: 'do' } as const;
    await recordCheck(store, added, problem);
    expect(await getAccount(store, 'checks', 'checked')).toMatchObject({
      problem,
      checkedAt: expect.stringMatching(/Z$/),
    });
    await recordCheck(store, added, null);
    expect(await getAccount(store, 'checks', 'checked')).toMatchObject({ problem: null });
  });

  test('what was removed is gone', async () => {
    await addAccount(store, 'gone', account('gone'));
    await removeAccount(store, 'gone', 'gone');
    await expect(getAccount(store, 'gone', 'gone')).rejects.toMatchObject({ type: 'account-unknown' });
  });
});
