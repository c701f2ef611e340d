import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { silent } from '../../../src/log.ts';
import { openMigratedStore } from '../../../src/store/database/open.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import type { CliHome } from '../../support/cli.ts';
import { madeUpDetection, observeCoverage } from '../../support/coverage.ts';
import { eventually, goTo, rowsOf, startDashboard } from '../../support/dashboard.ts';
import type { Dashboard, Visit } from '../../support/dashboard.ts';
import { makeDetections } from '../../support/detections-account.ts';
import { MOTO_ACCOUNT, startMoto } from '../../support/moto-server.ts';
import type { Moto } from '../../support/moto-server.ts';
import { INPUT } from '../../support/scan-input.ts';
import { testConfig, workContext } from '../../support/stores.ts';
import { expectAccessible } from './accessibility.ts';

const UNSEEN = '222222222222';
const DAY_MS = 86_400_000;
const SCAN = ['scan', 'run', '--account', 'watched', '--source', 'detections', '--regions', 'us-east-1'];
const WIDE = { width: 1440, height: 900 };

let moto: Moto;
let dashboard: Dashboard;
let visit: Visit;
beforeAll(async () => {
  moto = await startMoto();
  const keys = { aws_access_key_id: 'AKIAIOSFODNN7EXAMPLE', aws_secret_access_key: 'testing' };
  const profiles = {
    watched: { region: 'us-east-1', endpoint_url: moto.url, ...keys },
    unseen: { sso_account_id: UNSEEN },
  };
  const fill = async (home: CliHome): Promise<void> => {
    await Promise.all([makeDetections(moto.url), storeOldScan(home)]);
  };
  dashboard = await startDashboard({ profiles, fill, firstPort: 27_373 });
  [visit] = await Promise.all([dashboard.signedIn({ viewport: WIDE }), scan()]);
}, 120_000);
afterAll(async () => {
  await dashboard?.stop();
  await moto?.stop();
}, 60_000);

/** What was seen long ago, and is not any more. */
async function storeOldScan({ home }: CliHome): Promise<void> {
  const store = await openMigratedStore(testConfig({ general: { home } }), silent);
  try {
    const scanTime = new Date(Date.now() - 100 * DAY_MS).toISOString();
    const input = { ...INPUT, profile: 'watched' };
    const observed = observeCoverage(scanTime, [madeUpDetection()], MOTO_ACCOUNT);
    const { scanId } = await persistScan(store, observed, input, workContext());
    await resolveEvents(store, scanId, workContext());
  } finally {
    await store.close();
  }
}

/** With a worker, as anybody starts one. */
async function scan(): Promise<void> {
  const { code, stderr } = await dashboard.home.run(SCAN);
  if (code !== 0) throw new Error(stderr);
}

const cell = (page: Page, tactic: string, name: RegExp): Locator =>
  page.getByRole('list', { name: tactic }).getByRole('link', { name });

test('from the matrix to a technique, to what is broken, and why', async () => {
  const { page, problems } = visit;
  await page.goto('/');
  await goTo(page, 'Coverage');
  const covered = cell(page, 'Defense Evasion', /^Covered: Disable or Modify Cloud Logs T1562.008/);
  expect(await covered.innerText()).toMatch(/3 of 3 services · 2 broken/);
  await cell(page, 'Persistence', /^Uncovered: Create Account T1136 · .* · 1 broken/).waitFor();
  await page.getByText(/^\d+ calls had no answer/).click();
  await page.getByText('securityhub:').first().waitFor();
  await covered.click();
  await page.waitForURL('**/coverage/T1562.008');
  await page.getByText('Defense Evasion', { exact: true }).waitFor();
  await rowsOf(page, 'Detections').filter({ hasText: 'no-alarm' }).getByText('Broken').waitFor();
  await page.getByRole('link', { name: 'Why they are broken' }).click();
  await page.waitForURL('**/coverage/detections?health=broken');
  await eventually(async () => expect(await rowsOf(page, 'Detections').count()).toBe(7));
  await rowsOf(page, 'Detections')
    .filter({ hasText: 'no-alarm' })
    .getByText('cloudwatch:DescribeAlarms: none on')
    .waitFor();
  await page.getByLabel('Health').selectOption('unknown');
  await page.getByText('No detection is unknown').waitFor();
  expect(problems).toEqual([]);
}, 60_000);

test('the matrix is one stop of Tab, and arrows go through it', async () => {
  const { page, problems } = visit;
  await page.goto('/coverage');
  const focused = page.locator('.matrix-cell:focus');
  await page.getByText(/^\d+ calls had no answer/).focus();
  await page.keyboard.press('Tab');
  expect(await focused.innerText()).toContain('T1078 ·');
  await page.keyboard.press('ArrowDown');
  expect(await focused.innerText()).toContain('T1078.001');
  await page.keyboard.press('ArrowRight');
  expect(await focused.innerText()).toContain('T1059.009');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  expect(await focused.innerText()).toContain('T1078 ·');
  await page.keyboard.press('End');
  await page.keyboard.press('Tab');
  expect(await focused.count()).toBe(0);
  await page.keyboard.press('Shift+Tab');
  expect(await focused.innerText()).toContain('T1199');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/coverage/T1199');
  expect(problems).toEqual([]);
}, 30_000);

test('the history says by which detection something was lost or won', async () => {
  const { page, problems } = visit;
  await page.goto('/coverage/history');
  const text = (name: string): Promise<string> =>
    page.getByRole('listitem').filter({ hasText: name }).innerText();
  await page.getByRole('group', { name: /^Effective coverage from/ }).waitFor();
  expect(await text('T1485 Data Destruction')).toMatch(
    /covered to uncovered since .+, because deleted is gone/,
  );
  expect(await text('T1562.008')).toMatch(
    /uncovered to covered since .+, because stop-logging is new; root is new/,
  );
  expect(problems).toEqual([]);
}, 30_000);

test('what a detection is said to see is corrected, and taken back', async () => {
  const { page, problems } = visit;
  await page.goto('/coverage/T1562.008');
  const row = rowsOf(page, 'Detections').filter({ hasText: 'stop-logging' });
  await row.getByRole('button', { name: 'Correct what stop-logging sees' }).click();
  const dialog = page.getByRole('dialog', { name: 'What it really sees' });
  expect(await dialog.getByLabel('Technique').inputValue()).toBe('T1562.008');
  expect(await dialog.getByLabel('The detection').inputValue()).toBe('no');
  await expectAccessible(page, 'coverage-correction');
  await dialog.getByLabel('Reason').fill('nobody reads it <b>');
  await dialog.getByRole('button', { name: 'Note it' }).click();
  const said = rowsOf(page, 'Corrections');
  await said.getByText('nobody reads it <b>').waitFor();
  await said.getByText('Does not see it').waitFor();
  await eventually(async () => expect(await row.count()).toBe(0));
  await expectAccessible(page, 'coverage-corrected');
  await said.getByRole('button', { name: /^Take back T1562.008/ }).click();
  await row.waitFor();
  await eventually(async () => expect(await said.count()).toBe(0));
  expect(problems).toEqual([]);
}, 60_000);

test('the layer, the report and the templates are taken away', async () => {
  const { page, problems } = visit;
  await page.goto('/coverage');
  const layer = await downloaded(page, 'Layer for the Navigator');
  expect(layer.name).toBe('coverage-layer.json');
  expect(JSON.parse(layer.text)).toMatchObject({ domain: 'enterprise-attack', versions: { layer: '4.5' } });
  const report = await downloaded(page, 'Report to print');
  expect(report.name).toMatch(/^coverage-\d{4}-\d\d-\d\d\.html$/);
  expect(report.text).toContain('Detections that cannot work');
  await page.goto('/coverage/T1136.003');
  const template = await downloaded(page, 'Download aws-t1136-003.tf');
  expect(template.name).toBe('aws-t1136-003.tf');
  expect(template.text).toContain('aws_cloudwatch_event_rule');
  await page.getByText('Show Terraform for AWS').click();
  await page
    .getByRole('region', { name: 'Terraform for AWS' })
    .getByText('aws_cloudwatch_event_rule')
    .waitFor();
  expect(problems).toEqual([]);
}, 30_000);

async function downloaded(page: Page, name: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name }).click(),
  ]);
  const file = join(dashboard.home.folder, download.suggestedFilename());
  await download.saveAs(file);
  return { name: download.suggestedFilename(), text: readFileSync(file, 'utf8') };
}

test.each([
  ['coverage', '/coverage', 'Arrow keys go'],
  ['coverage-technique', '/coverage/T1562.008', 'Evidence'],
  ['coverage-gaps', '/coverage/gaps', 'Exposure'],
  ['coverage-detections', '/coverage/detections', 'events:ListRules'],
  ['coverage-history', '/coverage/history', 'T1485 Data Destruction'],
  ['no-coverage', `/coverage?scope=${UNSEEN}`, 'No scan has looked for detections yet'],
  ['no-detections', `/coverage/detections?scope=${UNSEEN}`, 'The accounts have none'],
  ['no-gaps', `/coverage/gaps?scope=${UNSEEN}`, 'No gaps'],
  ['no-coverage-history', `/coverage/history?scope=${UNSEEN}`, 'No scan in this time'],
])(
  '%s is for everybody, light and dark, wide and narrow',
  async (name, path, shown) => {
    const { page, problems } = visit;
    await page.setViewportSize(WIDE);
    await page.goto(path);
    await page.getByText(shown).first().waitFor();
    // What is folded has to be right as well.
    await page.evaluate('for (const one of document.querySelectorAll("main details")) one.open = true');
    await expectAccessible(page, name);
    expect(problems).toEqual([]);
  },
  30_000,
);
