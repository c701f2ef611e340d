import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { sources } from '../../../src/sources/registry.ts';
import { columnOf, eventually, rowsOf } from '../../support/dashboard.ts';
import type { Dashboard, Visit } from '../../support/dashboard.ts';

const [FIRST] = sources.all;
const ANOTHER = { id: 'another-source', title: 'Another source', scans: true, choices: null };

/** What the server answers, as if it had other sources. */
async function withSources(page: Page, change: (sources: object[]) => object[]): Promise<void> {
  await page.route('**/api/v1/server', async (route) => {
    const response = await route.fetch();
    const server = (await response.json()) as { sources: object[] };
    await route.fulfill({ response, json: { ...server, sources: change(server.sources) } });
  });
}

export function sourcesToldApart(dashboard: () => Dashboard): void {
  let visit: Visit;
  beforeAll(async () => {
    visit = await dashboard().signedIn();
  }, 20_000);
  afterAll(() => visit.context.close());

  test('with one source, nobody is told of it or asked for it', async () => {
    const { page, problems } = visit;
    await withSources(page, (all) => all.slice(0, 1));
    await page.goto('/scans');
    await rowsOf(page, 'Scans').first().waitFor();
    expect(await page.getByText('Source', { exact: true }).count()).toBe(0);
    await page.goto('/events');
    await rowsOf(page, 'Events').first().waitFor();
    await page.getByRole('group', { name: 'Service' }).waitFor();
    expect(await page.getByText('Source', { exact: true }).count()).toBe(0);
    await page.goto('/runs?dialog=start');
    await page.getByRole('dialog').getByText('All profiles').waitFor();
    expect(await page.getByRole('group', { name: 'Sources' }).count()).toBe(0);
    expect(problems).toEqual([]);
  }, 20_000);

  test('with several, lists name it and can be filtered by it', async () => {
    const { page, problems } = visit;
    await page.unrouteAll({ behavior: 'wait' });
    await withSources(page, (all) => [...all, ANOTHER]);
    await page.goto('/scans');
    await page.getByRole('columnheader', { name: 'Source' }).waitFor();
    expect(new Set(await columnOf(page, 'Scans', 2))).toEqual(new Set([FIRST?.title]));
    await page.getByLabel('Source').selectOption(ANOTHER.title);
    await page.waitForURL(`**/scans?source=${ANOTHER.id}`);
    await page.getByRole('heading', { name: 'No scan meets these filters' }).waitFor();
    await page.getByLabel('Source').selectOption(String(FIRST?.title));
    await page.waitForURL(`**/scans?source=${FIRST?.id}`);
    await rowsOf(page, 'Scans').first().waitFor();

    await page.goto('/events');
    const facet = page.getByRole('group', { name: 'Source' });
    await facet.getByRole('checkbox', { name: String(FIRST?.title) }).check();
    await page.waitForURL(`**/events?source=${FIRST?.id}`);
    await page.getByRole('button', { name: `source ${FIRST?.title}` }).waitFor();
    await eventually(async () => {
      const names = await columnOf(page, 'Events', 2);
      expect(names).not.toEqual([]);
      expect(names.filter((name) => !name.endsWith(` · ${FIRST?.title}`))).toEqual([]);
    });
    expect(problems).toEqual([]);
  }, 20_000);

  test('with several, runs and schedules are asked for it', async () => {
    const { page, problems } = visit;
    await page.goto('/schedules?dialog=create');
    const offered = page.getByRole('group', { name: 'Sources' }).locator('label');
    await offered.first().waitFor();
    expect(await offered.allInnerTexts()).toEqual([...sources.scanners, ANOTHER].map(({ title }) => title));
    expect(problems).toEqual([]);

    await page.goto('/runs?dialog=start');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'staging' }).check();
    await dialog.getByRole('checkbox', { name: ANOTHER.title }).check();
    await dialog.getByRole('button', { name: 'Start' }).click();
    // The server itself knows no such source, which shows that it was asked for it.
    await dialog.getByText(`There is no source named "${ANOTHER.id}"`).waitFor();
  }, 20_000);
}
