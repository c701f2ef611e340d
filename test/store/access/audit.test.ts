import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listAudit, recordChange } from '../../../src/store/access/audit.ts';
import { actingAs, newAuthor } from '../../../src/store/access/author.ts';
import { createToken, listTokens, revokeToken } from '../../../src/store/access/credentials.ts';
import { transaction } from '../../../src/store/database/store.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { createDatabase, DATABASES } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const token = { name: 'ci', createdBy: 'me', scope: 'read', expiresAt: null } as const;

describe.each(DATABASES)('the audit log in %s', (kind) => {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterAll(() => database.remove());

  const entries = async (organizationId: string) =>
    (await listAudit(store, organizationId, { limit: 10 })).entries;

  test('holds who changed what, how it was before and is now, and no secret', async () => {
    const author = newAuthor('ann (session 3)');
    const { id, secret } = await actingAs(author, () => createToken(store, 'one', token));
    await actingAs(newAuthor('bob'), () => revokeToken(store, 'one', id));
    const told = await entries('one');
    expect(told).toEqual([
      {
        id: expect.any(Number),
        at: expect.any(String),
        actor: 'bob',
        userId: null,
        action: 'tokens.revoke',
        target: `tokens/${id}`,
        details: { before: { name: 'ci', scope: 'read' }, after: null },
        outcome: 'done',
      },
      expect.objectContaining({
        actor: 'ann (session 3)',
        action: 'tokens.create',
        details: { before: null, after: { name: 'ci', scope: 'read', expiresAt: null } },
      }),
    ]);
    expect(JSON.stringify(told)).not.toContain(secret);
    expect([...author.recorded]).toEqual(['tokens.create']);
  });

  test('tells of what is done again but once', async () => {
    const { id } = await createToken(store, 'again', token);
    await revokeToken(store, 'again', id);
    await revokeToken(store, 'again', id);
    expect((await entries('again')).map(({ action }) => action)).toEqual(['tokens.revoke', 'tokens.create']);
  });

  test('holds nothing of a change that was not made, and no change is made that it cannot hold', async () => {
    const { id } = await createToken(store, 'both', token);
    const change = { organizationId: 'both', action: 'x', target: 'y', before: null, after: null };
    const undone = transaction(store, async (session) => {
      await session.execute('DELETE FROM vedette_credentials WHERE id = ?', [id]);
      await recordChange(session, change);
      throw new Error('cut off');
    });
    await expect(undone).rejects.toThrow('cut off');
    expect(await listTokens(store, 'both')).toHaveLength(1);
    expect(await entries('both')).toHaveLength(1);
    await store.session(({ execute }) => execute('ALTER TABLE vedette_audit RENAME TO vedette_audit_away'));
    try {
      await expect(revokeToken(store, 'both', id)).rejects.toThrow(/vedette_audit/);
      expect(await listTokens(store, 'both')).toMatchObject([{ revokedAt: null }]);
    } finally {
      await store.session(({ execute }) => execute('ALTER TABLE vedette_audit_away RENAME TO vedette_audit'));
    }
  });

  test('names vedette itself where nobody has asked', async () => {
    await createToken(store, 'nobody', token);
    expect(await entries('nobody')).toMatchObject([{ actor: 'vedette' }]);
  });
});
