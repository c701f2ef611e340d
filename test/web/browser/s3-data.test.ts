import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { silent } from '../../../src/log.ts';
import type { ObjectOutcome } from '../../../src/model/object-ledger.ts';
import { openMigratedStore } from '../../../src/store/database/open.ts';
import { endJob, jobBook } from '../../../src/store/objects/jobs.ts';
import { objectLedger } from '../../../src/store/objects/ledger.ts';
import type { CliHome } from '../../support/cli.ts';
import { columnOf, eventually, goTo, rowsOf, startDashboard } from '../../support/dashboard.ts';
import type { Dashboard, Visit } from '../../support/dashboard.ts';
import { bucketOf, startS3Stub } from '../../support/s3-stub.ts';
import type { S3Stub } from '../../support/s3-stub.ts';
import { testConfig, workContext } from '../../support/stores.ts';
import { expectAccessible } from './accessibility.ts';

const HOSTILE_KEY = 'docs/<img src=x onerror="window.pwned=1">\u202Egpj.exe';
const HOSTILE_MEMBER = '"><script>window.pwned=2</script>';
const LONG_KEY = `exports/${'year=2026-month=11-'.repeat(12)}people.csv`;
const [ENDED, RUNNING] = ['run-ended', 'run-running'];

function found(key: string, detector: string, masked: string, times: number, member: string | null = null) {
  const findings = Array.from({ length: times }, (_, index) => ({
    detector,
    byteOffset: 1_234_567 * (index + 1),
    length: masked.length,
    member,
    maskedMatch: masked,
    context: `${index},Ana,${masked},<b>São Paulo</b>`,
  }));
  return outcome(key, { matches: { [detector]: times }, findings });
}

function outcome(key: string, change: Partial<ObjectOutcome>): ObjectOutcome {
  return {
    key,
    etag: '"1"',
    status: 'succeeded',
    reason: null,
    matches: {},
    isKnown: false,
    bytes: 1_200_000,
    findings: [],
    ...change,
  };
}

/** A job that ended, one that is half done, one that failed. */
async function storeJobs({ home }: CliHome): Promise<void> {
  const store = await openMigratedStore(testConfig({ general: { home } }), silent);
  const book = jobBook(store, 'default');
  const begin = async (id: string, bucket: string, prefix: string) => {
    const job = { account: 'production', bucket, prefix, detectors: ['ssn', 'credit_card', 'email'] };
    await book.add({ ...job, job_id: id });
    const ledger = objectLedger(async () => store, 'default', id, workContext().signal);
    await ledger.begin(job);
    return ledger;
  };
  try {
    const ended = await begin(ENDED, 'acme-customers', 'docs/');
    await ended.planned([{ name: 'a', objects: 5 }]);
    await ended.record('a', 'acme-customers', 'd', [
      found(HOSTILE_KEY, 'ssn', 'XXX-XX-6789', 60, HOSTILE_MEMBER),
      found('docs/cards.csv', 'credit_card', 'XXXX-XXXX-XXXX-1111', 3),
      outcome('docs/cut <off>.gz', { status: 'failed', reason: 'The archive is cut off.' }),
      outcome('docs/cold.csv', { status: 'skipped', reason: 'It is in the storage class GLACIER.' }),
      outcome('docs/much.zip', { reason: 'Of logo.png nothing was read: images are not scanned.' }),
    ]);
    await endJob(store, 'default', ENDED, 'cancelled', null);
    const running = await begin(RUNNING, 'acme-exports', '');
    await running.planned([
      { name: 'a', objects: 1 },
      { name: 'b', objects: 3 },
    ]);
    await running.record('a', 'acme-exports', 'd', [found(LONG_KEY, 'email', 'a***@example.com', 2)]);
    await running.started('b');
    await begin('run-denied', 'acme-secrets', 'hr/');
    await endJob(store, 'default', 'run-denied', 'failed', 'Access to the bucket <acme-secrets> is denied.');
  } finally {
    await store.close();
  }
}

/** What a scan that is started from the dashboard looks at. */
const IN_BUCKET = new Map([
  ['new/people.csv', { content: Buffer.from('Ana,123-45-6789\n') }],
  ['new/picture.png', { content: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') }],
]);

let stub: S3Stub;
let dashboard: Dashboard;
let visit: Visit;
beforeAll(async () => {
  stub = await startS3Stub(bucketOf(IN_BUCKET));
  const profiles = {
    production: {
      region: 'eu-west-1',
      endpoint_url: stub.url,
      aws_access_key_id: 'AKIAIOSFODNN7EXAMPLE',
      aws_secret_access_key: 'x',
    },
  };
  dashboard = await startDashboard({ profiles, fill: storeJobs, firstPort: 27_383 });
  visit = await dashboard.signedIn({ viewport: { width: 1440, height: 900 } });
}, 90_000);
afterAll(async () => {
  await dashboard.stop();
  await stub.stop();
}, 60_000);

async function expectHarmless(): Promise<void> {
  const { page, problems } = visit;
  expect(await page.evaluate('window.pwned')).toBeUndefined();
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  expect(problems).toEqual([]);
}

test('from the buckets to the matches, whatever their keys are called', async () => {
  const { page } = visit;
  await page.goto('/');
  await goTo(page, 'Sensitive data');
  await rowsOf(page, 'Buckets by what they hold').first().waitFor();
  expect(await columnOf(page, 'Buckets by what they hold', 0)).toEqual(['acme-customers', 'acme-exports']);
  await page.getByRole('link', { name: 'credit_card 3' }).click();
  await page.getByText('3 matches').waitFor();
  await page.getByLabel('Detector').selectOption('ssn');
  await page.getByText('60 matches').waitFor();
  const [first] = await rowsOf(page, 'Matches').allInnerTexts();
  expect(first).toContain('XXX-XX-6789');
  expect(first).toContain('<img src=x');
  expect(first).not.toContain('\u202E');
  await page.getByRole('link', { name: 'Next →' }).click();
  await eventually(async () => expect(await rowsOf(page, 'Matches').count()).toBe(10));
  await expectHarmless();
}, 60_000);

test('matches are narrowed by what keys begin with, and the file has the same', async () => {
  const { page } = visit;
  await page.goto('/sensitive-data/results');
  await page.getByText('65 matches').waitFor();
  await page.getByRole('searchbox').fill('exports/');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.getByText('2 matches').waitFor();
  await page.reload();
  await page.getByText('2 matches').waitFor();
  await page.getByText('Export', { exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'CSV' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split(/\r?\n/);
  expect(lines).toHaveLength(3);
  await page.getByLabel('Bucket').selectOption('acme-customers');
  await page.getByText('Nothing was found that meets these filters').waitFor();
  await expectHarmless();
}, 60_000);

test('a job tells how far it is, what it could not look at, and why', async () => {
  const { page } = visit;
  await page.goto('/sensitive-data/jobs');
  const jobs = rowsOf(page, 'Jobs');
  await jobs.first().waitFor();
  expect(await jobs.count()).toBe(3);
  await jobs.filter({ hasText: 'acme-exports' }).getByText('25 %').waitFor();
  await jobs.filter({ hasText: 'acme-exports' }).getByRole('link').first().click();
  await page.getByText('None so far').waitFor();
  await storeMore();
  await page.getByText('damaged').waitFor();
  await page.getByText('100 %').waitFor();
  await page.goto(`/sensitive-data/jobs/${ENDED}`);
  const objects = rowsOf(page, 'Objects that were not scanned whole');
  await objects.first().waitFor();
  expect(await objects.count()).toBe(3);
  await page.getByRole('link', { name: 'Skipped' }).click();
  await eventually(async () => expect(await objects.allInnerTexts()).toHaveLength(1));
  expect(await objects.first().innerText()).toContain('GLACIER');
  await page.goto('/sensitive-data/jobs/run-denied');
  await page.getByText('Access to the bucket <acme-secrets> is denied.').waitFor();
  await expectHarmless();
}, 60_000);

/** The second batch of the job that is under way. */
async function storeMore(): Promise<void> {
  const { home } = dashboard.home;
  const store = await openMigratedStore(testConfig({ general: { home } }), silent);
  try {
    const ledger = objectLedger(async () => store, 'default', RUNNING, workContext().signal);
    await ledger.record('b', 'acme-exports', 'd', [
      outcome('one', {}),
      outcome('two', {}),
      outcome('three', { status: 'failed', reason: 'It is damaged.' }),
    ]);
  } finally {
    await store.close();
  }
}

test('a scan that cannot begin says why; one that can is followed to its end', async () => {
  const { page, problems } = visit;
  await page.goto('/sensitive-data/jobs');
  await page.getByRole('button', { name: 'Scan a bucket…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Bucket').fill('acme-customers');
  await dialog.getByLabel('Detectors').fill('no_such_detector');
  await dialog.getByRole('button', { name: 'Start' }).click();
  await dialog
    .getByRole('alert')
    .getByText(/no_such_detector/)
    .waitFor();
  // The browser tells of the answer, too.
  expect(problems.splice(0)).toEqual([expect.stringMatching(/status of 4\d\d/)]);
  await dialog.getByLabel('Detectors').fill('ssn');
  await dialog.getByRole('button', { name: 'Start' }).click();
  await page.getByText('Completed').waitFor({ timeout: 30_000 });
  expect(await rowsOf(page, 'Objects that were not scanned whole').allInnerTexts()).toEqual([
    expect.stringContaining('new/picture.png'),
  ]);
  await page.getByRole('link', { name: 'the new ones' }).click();
  await page.getByText('1 match', { exact: true }).waitFor();
  await expectHarmless();
}, 60_000);

test.each([
  ['data-buckets', '/sensitive-data', 'What they hold'],
  ['data-results', '/sensitive-data/results', 'At byte'],
  ['data-jobs', '/sensitive-data/jobs', 'Progress'],
  ['data-start-job', '/sensitive-data/jobs?dialog=start', 'Whose credentials'],
  ['data-job', `/sensitive-data/jobs/${ENDED}`, 'Why'],
])(
  '%s is for everybody, light and dark, wide and narrow',
  async (name, path, shown) => {
    const { page, problems } = visit;
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(path);
    await page.getByText(shown).first().waitFor();
    await expectAccessible(page, name);
    expect(problems).toEqual([]);
  },
  60_000,
);
