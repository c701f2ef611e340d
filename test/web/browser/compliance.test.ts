import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { silent } from '../../../src/log.ts';
import { openMigratedStore } from '../../../src/store/database/open.ts';
import { storeChecksScan } from '../../support/checks-scan.ts';
import type { CliHome } from '../../support/cli.ts';
import { eventually, goTo, keepScreenshot, rowsOf, startDashboard } from '../../support/dashboard.ts';
import type { Dashboard, Visit } from '../../support/dashboard.ts';
import { testConfig } from '../../support/stores.ts';
import { expectAccessible } from './accessibility.ts';

const [PRODUCTION, STAGING] = ['111111111111', '222222222222'];
const HOUR_MS = 3_600_000;
const ago = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

async function storeScans({ home }: CliHome): Promise<void> {
  const store = await openMigratedStore(testConfig({ general: { home } }), silent);
  try {
    await storeChecksScan(store, { accountId: PRODUCTION, scanTime: ago(73), failEvery: 3 });
    await storeChecksScan(store, { accountId: STAGING, scanTime: ago(49), failEvery: 9, unknownEvery: 12 });
    await storeChecksScan(store, { accountId: PRODUCTION, scanTime: ago(1), failEvery: 5 });
  } finally {
    await store.close();
  }
}

let dashboard: Dashboard;
let visit: Visit;
beforeAll(async () => {
  const profiles = {
    production: { sso_account_id: PRODUCTION },
    staging: { sso_account_id: STAGING },
  };
  dashboard = await startDashboard({ profiles, fill: storeScans, firstPort: 27_353 });
  visit = await dashboard.signedIn({ viewport: { width: 1440, height: 900 } });
}, 90_000);
afterAll(() => dashboard.stop(), 60_000);

const WIDTHS = [390, 1024, 1440];

test('from a framework at a glance to its requirement, its check, and what fails', async () => {
  const { page, problems } = visit;
  await page.goto('/');
  await goTo(page, 'Compliance');
  const frameworks = rowsOf(page, 'Share of requirements that pass, by framework and account');
  const row = frameworks.filter({ hasText: 'CIS AWS Foundations Benchmark 5.0' });
  await row.getByText(/\d+ fail, /).waitFor();
  await row.getByRole('link', { name: /CIS/ }).click();
  await page.waitForURL('**/compliance/cis-5.0');
  await page.getByRole('heading', { name: 'Share that passes, by day' }).waitFor();
  await page.getByRole('group', { name: 'State' }).getByRole('button', { name: /^Fail/ }).click();
  await page
    .getByRole('button', { name: /failing resource/ })
    .first()
    .click();
  await page.getByRole('list', { name: 'By account' }).getByRole('link').first().waitFor();
  const checks = rowsOf(page, 'Checks of the requirement');
  await checks.first().getByRole('link').click();
  await page.waitForURL('**/checks/checks/**');
  await rowsOf(page, 'Events of the check').first().waitFor();
  await page.getByRole('link', { name: 'What it asks' }).click();
  await rowsOf(page, 'Verdicts by account').first().waitFor();
  await rowsOf(page, 'Requirements that the check bears on').first().waitFor();
  expect(problems).toEqual([]);
}, 60_000);

test('the catalogue is searched and filtered, and the address keeps it', async () => {
  const { page, problems } = visit;
  await page.goto('/checks');
  await rowsOf(page, 'Checks').first().waitFor();
  await page.getByRole('searchbox', { name: 'Id or title' }).fill('root');
  await page.getByLabel('Framework').selectOption('cis-5.0');
  const shown = async (): Promise<string> => (await rowsOf(page, 'Checks').allInnerTexts()).join('\n');
  await eventually(async () => expect(await shown()).toMatch(/iam-root-mfa/));
  await page.reload();
  await eventually(async () => expect(await shown()).not.toMatch(/s3-/));
  await page.getByLabel('Says').selectOption('not-asked');
  await page.getByText('No check meets these filters').waitFor();
  expect(problems).toEqual([]);
}, 60_000);

test('the report is one page that needs nothing else', async () => {
  const { page } = visit;
  await page.goto('/compliance/lgpd?scope=staging');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Report to print' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^lgpd-\d{4}-\d\d-\d\d\.html$/);
  const { page: reader, problems } = await dashboard.visit({ viewport: { width: 390, height: 800 } });
  const file = join(dashboard.home.folder, 'report.html');
  await download.saveAs(file);
  await reader.goto(pathToFileURL(file).href);
  await reader.getByRole('heading', { name: 'LGPD (Lei 13.709/2018)' }).waitFor();
  await reader.getByText('no legal advice').waitFor();
  expect(await reader.getByText(`staging (${STAGING})`).count()).toBeGreaterThan(0);
  expect(await reader.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await keepScreenshot(reader, 'compliance-report');
  expect(problems).toEqual([]);
}, 60_000);

test.each([
  ['compliance', '/compliance', 'All accounts'],
  ['framework', '/compliance/nist-csf-2.0?requirement=PR.AA-01', 'Checks of the requirement'],
  ['checks', '/checks', 'Frameworks'],
  ['check-asks', '/checks/checks/iam/iam-root-mfa?tab=asks', 'Fails when'],
])(
  '%s is for everybody, light and dark, wide and narrow',
  async (name, path, shown) => {
    const { page, problems } = visit;
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(path);
    await page.getByText(shown).first().waitFor();
    await expectAccessible(page, name);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      expect({
        width,
        tooWide: await page.evaluate('document.documentElement.scrollWidth > innerWidth'),
      }).toEqual({
        width,
        tooWide: false,
      });
    }
    expect(problems).toEqual([]);
  },
  60_000,
);
