import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { recorded } from '../../support/cli.ts';
import type { CliHome } from '../../support/cli.ts';
import {
  columnOf,
  eventually,
  goTo,
  keepScreenshot,
  rowsOf,
  startDashboard,
} from '../../support/dashboard.ts';
import type { Dashboard, Visit } from '../../support/dashboard.ts';

const ACCOUNTS = 200;
/** The only ones that were scanned. */
const SCANNED = [3, 7, 150];
const LONG_NAME = `team-007-${'of-a-very-long-name-'.repeat(5)}`;
const RECORDED = '222222222222';
const WIDTHS = [390, 1024, 1440];

const idOf = (n: number): string => String(700_000_000_000 + n);
const nameOf = (n: number): string => (n === 7 ? LONG_NAME : `team-${String(n).padStart(3, '0')}`);

const profiles = Object.fromEntries(
  Array.from({ length: ACCOUNTS }, (_, n) => [nameOf(n), { sso_account_id: idOf(n) }]),
);

async function importScans(home: CliHome): Promise<void> {
  const files = SCANNED.map((n) => {
    const file = join(home.folder, `scoutsuite_results_${n}.js`);
    writeFileSync(file, readFileSync(recorded(RECORDED, 1), 'utf8').replaceAll(RECORDED, idOf(n)));
    return file;
  });
  const { code, stderr } = await home.run(['import', ...files]);
  if (code !== 0) throw new Error(stderr);
}

let dashboard: Dashboard;
let visit: Visit;
beforeAll(async () => {
  dashboard = await startDashboard({ profiles, fill: importScans, firstPort: 27_343 });
  visit = await dashboard.signedIn({ viewport: { width: 1440, height: 900 } });
}, 90_000);
afterAll(() => dashboard.stop(), 60_000);

const focused = (page: Page): Locator => page.locator(':focus');

test('the list of two hundred accounts is light, worst first, whole in every window, and can be searched', async () => {
  const { page, problems } = visit;
  await page.goto('/accounts');
  await rowsOf(page, 'Accounts').first().waitFor();
  expect(await page.evaluate<number>('document.querySelectorAll("*").length')).toBeLessThanOrEqual(1500);
  const names = await columnOf(page, 'Accounts', 0);
  expect(names.slice(0, 3).map((name) => name.split('\n')[1])).toEqual(SCANNED.map(idOf));
  await page.getByText('1–25 of 200').waitFor();
  expect(await page.getByText(LONG_NAME).getAttribute('title')).toBe(LONG_NAME);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await keepScreenshot(page, `estate-${width}`);
    const whole = await page.evaluate<boolean>(
      '[document.documentElement, document.querySelector(".table-scroll")].every(' +
        '({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)',
    );
    expect({ width, whole }).toEqual({ width, whole: true });
  }
  await page.getByRole('link', { name: 'Next →' }).click();
  await page.getByText('26–50 of 200').waitFor();
  await page.getByRole('searchbox', { name: 'Name or number' }).fill('TEAM-15');
  await eventually(async () => expect(await rowsOf(page, 'Accounts').count()).toBe(10));
  await page
    .getByRole('group', { name: 'Health' })
    .getByRole('button', { name: /^Never scanned/ })
    .click();
  await eventually(async () => expect(await rowsOf(page, 'Accounts').count()).toBe(9));
  await page.reload();
  await eventually(async () => expect(await rowsOf(page, 'Accounts').count()).toBe(9));
  expect(problems).toEqual([]);
}, 60_000);

test('the scope stays from page to page, and every list is about it', async () => {
  const { page, problems } = visit;
  await page.goto('/');
  await page.getByRole('button', { name: /^Scope:/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Scope' });
  await dialog.getByRole('combobox').fill('team-00*');
  await dialog.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/?scope=team-00*');
  await page.getByText('active events in 2 accounts').waitFor();

  await goTo(page, 'Activity');
  await page.getByRole('link', { name: 'Scans' }).click();
  await page.waitForURL('**/scans?scope=team-00*');
  await eventually(async () => expect(await rowsOf(page, 'Scans').count()).toBe(2));
  await goTo(page, 'Accounts');
  await page.waitForURL('**/accounts?scope=team-00*');
  await eventually(async () => expect(await rowsOf(page, 'Accounts').count()).toBe(10));
  await goTo(page, 'Events');
  await page.waitForURL('**scope=team-00***');
  await eventually(async () => {
    const accounts = await columnOf(page, 'Events', 3);
    expect(new Set(accounts.map((text) => text.split('\n')[1]))).toEqual(new Set([idOf(3), idOf(7)]));
  });

  await page.getByRole('button', { name: 'Scope: team-00*' }).click();
  await page.getByRole('dialog').getByRole('option', { name: 'All accounts' }).click();
  await page.waitForURL((url) => !url.searchParams.has('scope'));
  expect(problems).toEqual([]);
}, 60_000);

test('an account, a resource and a check each have a page, and lead to each other', async () => {
  const { page, problems } = visit;
  await page.goto('/events?check=iam-root-account-no-mfa&status=active');
  await rowsOf(page, 'Events').getByRole('link', { name: 'team-003' }).click();
  await page.waitForURL(`**/accounts/${idOf(3)}`);
  await page.getByRole('heading', { name: 'team-003' }).waitFor();
  await rowsOf(page, 'Checks that fail in the account').first().waitFor();
  await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Activity' }).click();
  await eventually(async () => expect(await rowsOf(page, 'Scans of the account').count()).toBe(1));

  await page.goto('/events?check=iam-root-account-no-mfa&status=active');
  await page.getByRole('link', { name: 'iam-root-account-no-mfa' }).first().click();
  const panel = page.getByRole('complementary');
  await panel.getByRole('link', { name: 'Where else it fails' }).click();
  await page.getByRole('heading', { name: 'Root Account without MFA' }).waitFor();
  await eventually(async () =>
    expect(await rowsOf(page, 'Events of the check').count()).toBe(SCANNED.length),
  );
  await page.getByRole('navigation', { name: 'Check' }).getByRole('link', { name: 'Accounts' }).click();
  await eventually(async () =>
    expect(await columnOf(page, 'Accounts in which the check was evaluated', 1)).toEqual(
      SCANNED.map(() => '1 of 6'),
    ),
  );
  await page.goBack();
  await rowsOf(page, 'Events of the check').first().getByRole('link').first().click();
  expect(await page.title()).toContain('iam-root-account-no-mfa');
  await panel.getByRole('link', { name: 'All its events' }).click();
  await page.waitForURL('**/resources/**');
  await rowsOf(page, 'Events of the resource').first().waitFor();
  expect(problems).toEqual([]);
}, 60_000);

test('keys alone: the palette leads everywhere, and a list is walked, selected from and opened', async () => {
  const { page, problems } = visit;
  await page.goto('/');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.keyboard.press('/');
  const palette = page.getByRole('dialog', { name: 'Search or jump' });
  await palette.getByRole('combobox').fill('team-150');
  await palette.getByRole('option', { name: 'team-150' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/accounts/${idOf(150)}`);

  await page.keyboard.press('Control+k');
  await palette.getByRole('combobox').fill('Root Account without');
  await palette.getByRole('option', { name: /^Root Account without MFA/ }).click();
  await page.waitForURL('**/checks/scoutsuite/iam/iam-root-account-no-mfa');

  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).getByText('Next row of the list').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await page.waitForURL('**/events');
  // The page before has a table of events, too.
  await page.getByRole('heading', { name: 'Events', exact: true, level: 1 }).waitFor();
  await rowsOf(page, 'Events').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const first = rowsOf(page, 'Events').first();
  await first.locator('.row-link').and(focused(page)).waitFor();
  await page.keyboard.press('x');
  expect(await first.getByRole('checkbox').isChecked()).toBe(true);
  await page.keyboard.press('o');
  await page.getByRole('complementary').getByRole('heading', { name: 'Resource' }).waitFor();
  expect(problems).toEqual([]);
}, 60_000);

test('the first result is at most twelve stops from the top', async () => {
  const { page, problems } = visit;
  await page.goto('/events?status=active');
  await rowsOf(page, 'Events').first().waitFor();
  const row = rowsOf(page, 'Events').first().locator('.row-link').and(focused(page));
  let stops = 0;
  for (; stops < 12 && (await row.count()) === 0; stops += 1) {
    await page.keyboard.press('Tab');
    const skip = page.getByRole('button', { name: 'Skip to the results' });
    if ((await skip.and(focused(page)).count()) === 1) await page.keyboard.press('Enter');
  }
  expect(await row.count()).toBe(1);
  expect(problems).toEqual([]);
}, 60_000);
