import { expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { columnOf, eventually } from '../../support/dashboard.ts';
import type { Dashboard } from '../../support/dashboard.ts';

const MOST_STOPS = 120;

/** Goes on from stop to stop until this one has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  const focused = target.and(page.locator(':focus'));
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if ((await focused.count()) === 1) return;
  }
  throw new Error(`The focus does not reach ${String(target)}`);
}

export function keyboard(dashboard: () => Dashboard): void {
  test('reaches the filters, opens and closes an event, and comes back to where it was', async () => {
    const { context, page, problems } = await dashboard().signedIn();
    await page.goto('/events?status=active');
    await page.getByRole('table', { name: 'Events' }).waitFor();
    await tabTo(page, page.getByRole('link', { name: 'Skip to the page' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.locator('#event-search'));
    await page.keyboard.type('acme');
    await page.keyboard.press('Enter');
    await page.waitForURL('**search=acme**');

    await tabTo(page, page.getByRole('checkbox', { name: /^high/ }));
    await page.keyboard.press('Space');
    await page.waitForURL('**level=high**');
    await eventually(async () => {
      expect(new Set(await columnOf(page, 'Events', 1))).toEqual(new Set(['High']));
    });

    const row = page.getByRole('rowheader').first().getByRole('link');
    await tabTo(page, row);
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary');
    await panel.getByRole('heading', { name: 'Resource' }).waitFor();
    expect(await panel.and(page.locator(':focus')).count()).toBe(1);

    await tabTo(page, panel.getByRole('button', { name: 'Suppress…' }));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Suppress' });
    await dialog.waitFor();
    expect(await dialog.getByLabel('Reason').and(page.locator(':focus')).count()).toBe(1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    const suppress = panel.getByRole('button', { name: 'Suppress…' });
    expect(await suppress.and(page.locator(':focus')).count()).toBe(1);

    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await row.and(page.locator(':focus')).count()).toBe(1);
    expect(problems).toEqual([]);
    await context.close();
  }, 30_000);
}
