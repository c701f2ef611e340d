import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ScanOutcome } from '../../../src/model/scan.ts';
import { interpretResults } from '../../../src/sources/scoutsuite/interpret.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { listEvents } from '../../../src/store/events/events.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { listScans } from '../../../src/store/scans/scans.ts';
import { INPUT } from '../../support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const root = join(import.meta.dirname, '../../..');
const ALL = { organizationId: 'default' };
const [A, B] = ['111111111111', '222222222222'];

/** What an independent implementation made of the same files. */
interface ExpectedScan {
  file: string;
  errors: number;
  items: number;
  new: number;
  still_active: number;
  resolved: number;
  reopened: number;
  unverified: number;
  unverified_why: Record<string, number>;
  active_after: number;
  ever_seen: number;
}

function expectedOf(account: string): ExpectedScan[] {
  const file = join(root, `test/fixtures/expected/aws-${account}.lifecycle.stable.scoped.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { scans: ExpectedScan[] }).scans;
}

describe.each(DATABASES)('the recorded scans in %s', (kind) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterEach(() => database.remove());

  async function record(file: string): Promise<ScanOutcome> {
    const observations = interpretResults(join(root, 'simulated-aws/recorded', file), workContext());
    const { scanId } = await persistScan(store, observations, INPUT, workContext());
    return resolveEvents(store, scanId, workContext());
  }

  async function count(accountId: string, some = {}): Promise<number> {
    const { events } = await listEvents(
      store,
      { ...ALL, accountIds: [accountId], ...some },
      { limit: 10_000 },
    );
    return events.length;
  }

  async function expectRecorded(account: string, expected: ExpectedScan): Promise<void> {
    const outcome = await record(expected.file);
    expect(outcome).toMatchObject({
      accountId: account,
      status: expected.errors === 0 ? 'recorded' : 'partial',
      events: {
        total: expected.items,
        new: expected.new,
        still: expected.still_active,
        resolved: expected.resolved,
        reopened: expected.reopened,
        unverified: expected.unverified,
      },
    });
    const { scans } = await listScans(store, { ...ALL, accountIds: [account] }, { limit: 1 });
    expect(scans[0]?.unverifiedReasons).toEqual(expected.unverified_why);
    expect(await count(account)).toBe(expected.ever_seen);
    expect(await count(account, { statuses: ['active'] })).toBe(expected.active_after);
  }

  test('have the expected lifecycle, one account after the other', async () => {
    for (const account of [A, B]) {
      for (const expected of expectedOf(account)) await expectRecorded(account, expected);
    }
  });

  test('have the expected lifecycle, the accounts in turns', async () => {
    const ofB = expectedOf(B);
    for (const [index, expected] of expectedOf(A).entries()) {
      await expectRecorded(A, expected);
      await expectRecorded(B, ofB[index] as ExpectedScan);
    }
  });

  test('link every event to its finding, and the finding counts them', async () => {
    await record('scoutsuite_results_aws-111111111111-1.js');
    const [links] = await store.read<{ count: number }>('SELECT COUNT(*) AS count FROM scout_event_findings');
    expect(links?.count).toBe(555);
    const wrong = await store.read(
      'SELECT f.finding_id, f.flagged_items, COUNT(l.id) AS linked FROM scout_findings f ' +
        'LEFT JOIN scout_event_findings l ON l.finding_id = f.id GROUP BY f.id, f.finding_id, f.flagged_items ' +
        'HAVING COUNT(l.id) <> f.flagged_items',
    );
    expect(wrong).toEqual([]);
  });
});
