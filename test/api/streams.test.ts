import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Caller } from '../../src/api/caller.ts';
import { MOST_STREAMS, Streams } from '../../src/api/streams.ts';
import { silent } from '../../src/log.ts';
import { actorOf, createToken, revokeToken } from '../../src/store/access/credentials.ts';
import type { Store } from '../../src/store/database/store.ts';
import { createDatabase } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = createDatabase('sqlite');
  store = await database.open();
});
afterAll(() => database.remove());

async function caller(name: string): Promise<Caller> {
  const scope = 'read';
  const token = { name, scope, createdBy: 'a test', expiresAt: null } as const;
  const credential = await createToken(store, 'default', token);
  return { organizationId: 'default', scope, credential, actor: actorOf(credential), csrfToken: null };
}

const streamsOf = () => new Streams(async () => store, silent);
const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve());
  });

test('a stream ends when its credential is revoked, also by another process, and no other does', async () => {
  const streams = streamsOf();
  const [doomed, kept] = [await caller('doomed'), await caller('kept')];
  const opened = [doomed, doomed, kept].map((who) => streams.open(who));
  await revokeToken(store, 'default', doomed.credential.id);
  await Promise.all(opened.slice(0, 2).map(({ signal }) => aborted(signal)));
  expect(opened[2]?.signal.aborted).toBe(false);
  for (const { close } of opened) close();
});

test('a credential has so many streams at a time, and all together so many', async () => {
  const streams = streamsOf();
  const one = await caller('one');
  const opened = Array.from({ length: MOST_STREAMS.ofCredential }, () => streams.open(one));
  const tooMany = expect.objectContaining({ type: 'too-many-requests' });
  expect(() => streams.open(one)).toThrow(tooMany);
  opened.pop()?.close();
  opened.push(streams.open(one));

  while (opened.length < MOST_STREAMS.inAll) {
    const next = await caller(`at ${opened.length}`);
    for (let index = 0; index < MOST_STREAMS.ofCredential; index += 1) opened.push(streams.open(next));
  }
  const late = await caller('late');
  expect(() => streams.open(late)).toThrow(tooMany);
  for (const { close } of opened) close();
});
