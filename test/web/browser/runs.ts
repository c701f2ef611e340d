import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { columnOf, eventually, goTo, PROFILES, rowsOf } from '../../support/dashboard.ts';
import type { Dashboard, Visit } from '../../support/dashboard.ts';

interface ShownRun {
  status: string;
  accounts: { profile: string; outcome: string; error: { type: string; remedy: string } | null }[];
}

const LIVE = 'Accounts of the run';
const OUTCOMES = 'What came of each account';

/** Whatever the page shows, however briefly, stays in `window.shown`. */
const KEEP_WHAT_IS_SHOWN = `
  window.shown = new Set();
  new MutationObserver(() => {
    window.shown.add(document.querySelector('main')?.innerText.replaceAll(/\\s+/g, ' ') ?? '');
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
`;

async function start(page: Page, profiles: readonly string[]): Promise<string> {
  await goTo(page, 'Activity');
  await page.getByRole('button', { name: 'Start a run…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start a run' });
  const accounts = dialog.getByRole('group', { name: 'Accounts' });
  expect(await accounts.getByRole('checkbox', { checked: true }).count()).toBe(0);
  for (const profile of profiles)
    await dialog.getByRole('checkbox', { name: new RegExp(`^${profile}`) }).check();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await page.waitForURL(/\/runs\/run-/);
  return page.url().split('/').at(-1) ?? '';
}

export function runs(dashboard: () => Dashboard): void {
  let visit: Visit;
  let failedRun: string;
  beforeAll(async () => {
    visit = await dashboard().signedIn();
    await visit.page.goto('/');
  }, 20_000);
  afterAll(() => visit.context.close());

  test('a run is started, and followed live to its end', async () => {
    const { page, problems } = visit;
    await page.evaluate('window.sameDocument = true');
    await page.evaluate(KEEP_WHAT_IS_SHOWN);
    failedRun = await start(page, ['production', 'staging', 'sandbox']);

    await rowsOf(page, OUTCOMES).first().waitFor({ timeout: 30_000 });
    const shownMeanwhile = String(await page.evaluate("[...window.shown].join('\\n')"));
    expect(shownMeanwhile).toMatch(/(?:production|staging) ScoutSuite \S+ Running scan/);
    expect(shownMeanwhile).toMatch(/[12] of 3 accounts done/);

    const shown = await dashboard().ask<ShownRun>('scan', 'show', failedRun);
    expect(await columnOf(page, OUTCOMES, 0)).toEqual(
      shown.accounts.map(({ profile }) => expect.stringContaining(profile)),
    );
    expect(await rowsOf(page, OUTCOMES).filter({ hasText: 'production' }).innerText()).toContain('Success');
    const sandbox = rowsOf(page, OUTCOMES).filter({ hasText: 'sandbox' });
    const failure = shown.accounts.find(({ profile }) => profile === 'sandbox')?.error;
    expect(failure?.type).toBe('credentials');
    expect(await sandbox.innerText()).toContain('Scan failed');
    expect(await sandbox.innerText()).toContain(failure?.remedy);
    await page.getByText('Partly failed').waitFor();
    expect(await page.evaluate('window.sameDocument')).toBe(true);
    expect(problems).toEqual([]);
  }, 40_000);

  test('the accounts that failed are tried again', async () => {
    const { page, problems } = visit;
    const { home } = dashboard();
    home.profiles({ ...PROFILES, sandbox: { sso_account_id: '333333333333' } });
    await page.getByRole('button', { name: 'Retry failed accounts' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(failedRun));
    await eventually(async () => {
      expect(await columnOf(page, OUTCOMES, 0)).toEqual([expect.stringContaining('sandbox')]);
    }, 20_000);
    expect(await columnOf(page, OUTCOMES, 2)).toEqual([expect.stringContaining('Success')]);
    await page.getByRole('link', { name: /^scan \d+$/ }).click();
    await page.getByRole('heading', { name: /^Scan \d+$/ }).waitFor();
    await page.getByText('333333333333').waitFor();
    expect(problems).toEqual([]);
  }, 40_000);

  test('a run is cancelled, and ends as interrupted', async () => {
    const { page, problems } = visit;
    const runId = await start(page, ['endless']);
    await eventually(async () => {
      expect(await rowsOf(page, LIVE).innerText()).toMatch(/Running\s+scan/);
    });
    await page.getByRole('button', { name: 'Cancel the run…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click();
    await page.getByText('Interrupted').first().waitFor();
    const { status } = await dashboard().ask<ShownRun>('scan', 'show', runId);
    expect(status).toBe('interrupted');
    await goTo(page, 'Activity');
    await eventually(async () => {
      expect((await columnOf(page, 'Runs', 2))[0]).toContain('Interrupted');
    });
    expect(problems).toEqual([]);
  }, 40_000);
}
