import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rowsOf } from '../../support/dashboard.ts';
import type { Dashboard, Visit } from '../../support/dashboard.ts';
import {
  HOSTILE_ACCOUNT,
  HOSTILE_CHECK,
  HOSTILE_NAME_SHOWN,
  HOSTILE_REFERENCE,
} from '../../support/hostile-results.ts';

export function hostileNames(dashboard: () => Dashboard): void {
  let visit: Visit;
  beforeAll(async () => {
    visit = await dashboard().signedIn();
  }, 20_000);
  afterAll(() => visit.context.close());

  /** Nothing was executed, and nothing was tried that the policy for content then refused. */
  async function expectHarmless(): Promise<void> {
    const { page, problems } = visit;
    for (const frame of page.frames()) expect(await frame.evaluate('window.pwned')).toBeUndefined();
    expect(await page.locator('a[href^="javascript:" i]').count()).toBe(0);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(problems).toEqual([]);
  }

  test.each([
    ['a list', `/events?scope=${HOSTILE_ACCOUNT}&check=${HOSTILE_CHECK}`],
    ['groups', `/events?scope=${HOSTILE_ACCOUNT}&check=${HOSTILE_CHECK}&by=resource`],
  ])('%s shows them as they are', async (_what, path) => {
    const { page } = visit;
    await page.goto(path);
    await page.getByText(HOSTILE_NAME_SHOWN).first().waitFor();
    await expectHarmless();
  });

  test('so does an event, whose texts and references are no better', async () => {
    const { page } = visit;
    await page.goto(`/events?scope=${HOSTILE_ACCOUNT}&check=${HOSTILE_CHECK}`);
    await page.getByRole('link', { name: HOSTILE_CHECK }).first().click();
    const panel = page.getByRole('complementary');
    await panel.getByRole('heading', { name: 'Title <img src=x' }).waitFor();
    await panel.getByText(HOSTILE_NAME_SHOWN).first().waitFor();
    await panel.getByText(HOSTILE_REFERENCE, { exact: true }).waitFor();
    expect(await panel.getByRole('link', { name: HOSTILE_REFERENCE }).count()).toBe(0);
    const address = await panel.getByRole('link', { name: /^https:\/\/example\.com/ }).getAttribute('href');
    expect(address).toMatch(/^https:\/\/example\.com\//);
    await expectHarmless();
  });

  test('so do findings, and the message about them', async () => {
    const { page } = visit;
    await page.goto(`/scans?scope=${HOSTILE_ACCOUNT}`);
    await rowsOf(page, 'Scans').getByRole('link').first().click();
    await page.getByRole('heading', { name: /^Scan / }).waitFor();
    const scan = new URL(page.url()).pathname.split('/').at(-1);
    await page.goto(`/scans/${scan}?flagged=true&level=critical`);
    await page.getByText('Title <img src=x').waitFor();
    await expectHarmless();
    await page.goto(`/settings/notifications?scan=${scan}`);
    const mail = page.frameLocator('iframe[title="The message"]');
    await mail.getByText('Title <img src=x').first().waitFor();
    await expectHarmless();
  });
}
