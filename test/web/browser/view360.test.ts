import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CliHome } from '../../support/cli.ts';
import { eventually, goTo, rowsOf, startDashboard } from '../../support/dashboard.ts';
import type { Dashboard, Visit } from '../../support/dashboard.ts';
import {
  examplePayloads,
  HOSTILE,
  MARKUP,
  PRODUCTION,
  STAGING,
  writePayload,
} from '../../support/view360-payloads.ts';
import { expectAccessible } from './accessibility.ts';

async function load({ folder, run }: CliHome): Promise<void> {
  const files = examplePayloads().map((payload) => writePayload(folder, payload));
  const none = join(folder, 'no-payload.json');
  writeFileSync(none, 'no JSON');
  const { code, stdout, stderr } = await run(['view360', 'load', ...files, none]);
  if (code !== 5) throw new Error(`vedette view360 load: ${code}: ${stderr}${stdout}`);
}

let dashboard: Dashboard;

let visit: Visit;
beforeAll(async () => {
  const profiles = {
    production: { sso_account_id: PRODUCTION },
    staging: { sso_account_id: STAGING },
    silent: { sso_account_id: '444444444444' },
  };
  dashboard = await startDashboard({ profiles, fill: load, firstPort: 27_393 });
  visit = await dashboard.signedIn({ viewport: { width: 1440, height: 900 } });
}, 90_000);
afterAll(() => dashboard.stop(), 60_000);

test('what is known of accounts leads to the rows behind it, and names are only names', async () => {
  const { page, problems } = visit;
  await page.goto('/');
  await goTo(page, 'Inventory');
  await rowsOf(page, 'Accounts').filter({ hasText: PRODUCTION }).waitFor();
  await rowsOf(page, 'Freshness').filter({ hasText: 'staging' }).getByText('Stale').waitFor();
  const told = rowsOf(page, 'Completeness').filter({ hasText: STAGING });
  await told.getByText(/^Failed: config · In part: cost, security · Not enabled: health, support/).waitFor();
  await rowsOf(page, 'Received files that need attention').getByText('REJECTED').waitFor();
  const hostile = rowsOf(page, 'Accounts').filter({ hasText: HOSTILE });
  expect(await hostile.innerText()).toContain(MARKUP);
  expect(await page.locator('main img, main b').count()).toBe(0);

  const buckets = rowsOf(page, 'Resources').filter({ hasText: PRODUCTION }).filter({ hasText: 'Bucket' });
  await buckets.getByRole('link', { name: '1', exact: true }).click();
  await page.waitForURL('**/views/view_service_resources?**');
  await eventually(async () => expect(await rowsOf(page, 'view_service_resources').count()).toBe(1));
  await page.getByRole('button', { name: 'Remove resource_type=Bucket' }).click();
  await page.getByRole('button', { name: 'Remove service_name=S3' }).click();
  await eventually(async () =>
    expect(await rowsOf(page, 'view_service_resources').count()).toBeGreaterThan(1),
  );
  await page.goto(`/inventory?scope=${HOSTILE}`);
  await rowsOf(page, 'Resources')
    .filter({ hasText: '<b>' })
    .getByRole('link', { name: '1', exact: true })
    .click();
  await page.getByRole('button', { name: 'Remove state="><b>, 100%' }).waitFor();
  await eventually(async () => expect(await rowsOf(page, 'view_service_resources').count()).toBe(1));
  expect(problems).toEqual([]);
}, 60_000);

test('costs are by currency and day, and what is not known is not nothing', async () => {
  const { page, problems } = visit;
  await page.goto('/cost');
  await page.getByRole('img', { name: /^[\d,.]+ USD in 12 days; 18 days not known$/ }).waitFor();
  await page.getByRole('img', { name: '136.71 EUR in 1 day; 29 days not known' }).waitFor();
  const forecast = rowsOf(page, 'Forecast').filter({ hasText: '1,228.41 USD' });
  await forecast.first().waitFor();
  await page.goto(`/cost?scope=${STAGING}`);
  await page.getByText('AWS has forecast nothing').waitFor();
  await page.getByRole('link', { name: 'All rows: By day' }).click();
  await page.waitForURL('**/views/view_cost_daily?**');
  await eventually(async () => expect(await rowsOf(page, 'view_cost_daily').count()).toBe(1));
  expect(problems).toEqual([]);
}, 60_000);

test('an account that nothing is known of is not called empty; a view that is none is told', async () => {
  const { page, problems } = visit;
  await page.goto('/services?scope=444444444444');
  await page.getByText('None are open, or Security Hub was not read.').waitFor();
  await page.getByText('None, or certificates were not read.').waitFor();
  await page.goto('/cost?scope=444444444444');
  await page.getByText('No daily costs of the last 30 days are known.').waitFor();
  expect(problems.splice(0)).toEqual([]);
  await page.goto('/views/view_acounts');
  await page.getByText('Did you mean view_accounts?').waitFor();
  await page.goto('/views/view_accounts?where=nothing%3D1');
  await page.getByText('view_accounts has no column "nothing".').waitFor();
  await page.getByRole('button', { name: 'Remove nothing=1' }).click();
  await rowsOf(page, 'view_accounts').first().waitFor();
  expect(problems.splice(0)).toHaveLength(2);
}, 60_000);

test.each([
  ['inventory', '/inventory', 'In part: security'],
  ['cost', '/cost', 'Savings plans'],
  ['services', '/services', 'AWS_RDS_PLANNED_LIFECYCLE_EVENT'],
  ['view', '/views/view_acct_security_findings_details', 'Security Hub'],
])(
  '%s is for everybody, light and dark, wide and narrow',
  async (name, path, shown) => {
    const { page, problems } = visit;
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(path);
    await page.getByText(shown).first().waitFor();
    await expectAccessible(page, `view360-${name}`);
    expect(problems).toEqual([]);
  },
  60_000,
);
