import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { accountOverviews, knownOfAccounts } from '../../src/accounts/overview.ts';
import { awaitRun, retryInput } from '../../src/client/runs.ts';
import { scanSummaryId } from '../../src/model/names.ts';
import { listEvents } from '../../src/store/events/events.ts';
import { startPipeline } from '../support/pipeline.ts';
import type { Pipeline } from '../support/pipeline.ts';
import { targetOf } from '../support/run-input.ts';
import { tiny } from '../support/tiny-source/index.ts';
import { makeUpCloud } from '../support/tiny-source/made-up.ts';

/** The same account, whichever source scans it. */
const ACCOUNT = '111111111111';
const cloud = makeUpCloud();
let pipeline: Pipeline;

beforeAll(async () => {
  pipeline = await startPipeline({}, undefined, {
    moreSources: [tiny],
    sourceSettings: { tiny: cloud.settings },
  });
  pipeline.profiles({ acme: { recorded_account: ACCOUNT } });
}, 60_000);
afterAll(async () => {
  await pipeline?.stop();
  cloud.remove();
}, 60_000);

async function activeEvents(source: string): Promise<number> {
  const filter = { organizationId: 'default', sources: [source], statuses: ['active' as const] };
  return (await listEvents(pipeline.store, filter, { limit: 1000 })).events.length;
}

test('two sources in one run are kept apart, when both succeed and when one fails', async () => {
  const sources = ['scoutsuite', 'tiny'];
  const bucket = { name: 'assets', region: 'eu-west-1', public: true, objects: ['a.pem', 'b.txt', 'c.txt'] };
  cloud.record({ acme: { accountId: ACCOUNT, buckets: [bucket] } });
  const first = await awaitRun(pipeline.temporal, await pipeline.start(['acme'], { sources }));
  expect(first).toMatchObject({
    sources,
    accounts: [
      { profile: 'acme', accountId: ACCOUNT, source: 'scoutsuite', scan: { events: { new: 555 } } },
      { profile: 'acme', accountId: ACCOUNT, source: 'tiny', scan: { events: { new: 2 } } },
    ],
  });

  cloud.record({});
  const second = await awaitRun(pipeline.temporal, await pipeline.start(['acme'], { sources }));
  expect(second.accounts).toMatchObject([
    { source: 'scoutsuite', outcome: 'success', scan: { events: { new: 14, resolved: 24 } } },
    { source: 'tiny', outcome: 'failed-scan', error: { type: 'credentials' } },
  ]);
  expect(await activeEvents('tiny')).toBe(2);
  expect(await activeEvents('scoutsuite')).toBe(545);

  const { text } = await pipeline.env.client.workflow.getHandle(scanSummaryId(second.runId)).result();
  expect(text).toMatch(/VEDETTE RUNNER EXECUTION SUMMARY[^]*✓ acme.*ScoutSuite[^]*✗ acme.*Tiny/);
  expect(await retryInput(pipeline.place, second.runId)).toMatchObject({
    selection: { accounts: [{ ...targetOf('acme'), sources: ['tiny'] }] },
  });
}, 60_000);

test('an account is as healthy as its least healthy source', async () => {
  const sources = ['scoutsuite', 'tiny'];
  const bucket = { name: 'sealed', region: 'eu-west-1', objects: ['a.pem'], denied: true };
  cloud.record({ acme: { accountId: ACCOUNT, buckets: [bucket] } });
  await awaitRun(pipeline.temporal, await pipeline.start(['acme'], { sources }));
  const known = await knownOfAccounts(pipeline.store, 'default');
  const targets = [{ kind: 'aws-profile', name: 'acme', accountId: ACCOUNT }] as const;
  const [account] = accountOverviews({ targets, planned: [], ...known }, new Date());
  expect(
    account?.sources.map(({ source, servicesWithErrors }) => [source, servicesWithErrors]),
  ).toContainEqual(['tiny', ['s3']]);
  expect(account?.sources.find(({ source }) => source === 'tiny')?.health).toBe('partial');
  expect(account?.health).not.toBe('ok');
}, 60_000);
