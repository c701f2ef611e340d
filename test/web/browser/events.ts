import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { NamedEvent } from '../../../src/model/event.ts';
import { printable } from '../../../src/text/printable.ts';
import { columnOf, eventually, goTo, rowsOf } from '../../support/dashboard.ts';
import type { Dashboard, Visit } from '../../support/dashboard.ts';
import { FORMULA_NAME } from '../../support/hostile-results.ts';

const LEVEL = 1;
const NAME = 2;
const ACCOUNT = 3;
const FIRST_SEEN = 6;

/** What the file has of an event, besides the words of its check. */
const COLUMNS: Readonly<Record<string, (event: NamedEvent) => string | number | null>> = {
  ID: ({ id }) => id,
  LEVEL: ({ level }) => level,
  STATUS: ({ status }) => status,
  'ACCOUNT NAME': ({ accountName }) => accountName,
  ACCOUNT: ({ accountId }) => accountId,
  REGION: ({ region }) => region,
  'RESOURCE TYPE': ({ resourceType }) => resourceType,
  RESOURCE: ({ resourceName, resourceId }) => resourceName ?? resourceId,
  CHECK: ({ checkId }) => checkId,
  'FIRST SEEN': ({ firstSeen }) => firstSeen,
  'LAST SEEN': ({ lastSeen }) => lastSeen,
  SERVICE: ({ service }) => service,
  'RESOURCE ID': ({ resourceId }) => resourceId,
  RESOLVED: ({ resolvedAt }) => resolvedAt,
};

/** A spreadsheet takes no cell for a formula. */
function cellOf(value: string | number | null): string {
  const text = printable(String(value ?? ''));
  return /^[=+\-@]/.test(text) ? `'${text}` : text;
}

/** Records of RFC 4180 with `\n` between them. */
function parsedCsv(text: string): string[][] {
  const records: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\n') records.push([]);
  }
  return records.filter((record) => record.length > 1);
}

const inOrder = (texts: readonly (string | undefined)[]): string[] =>
  texts.map(String).toSorted((one, other) => one.localeCompare(other));

function facet(page: Page, group: string, value: string): Locator {
  return page
    .getByRole('region', { name: 'Filters', exact: true })
    .getByRole('group', { name: group })
    .getByRole('checkbox', { name: value });
}

export function events(dashboard: () => Dashboard): void {
  let visit: Visit;
  beforeAll(async () => {
    visit = await dashboard().signedIn();
  }, 20_000);
  afterAll(() => visit.context.close());

  /** As the command line has them. */
  async function listed(...filter: string[]): Promise<NamedEvent[]> {
    const args = ['event', 'list', '--limit', '0', ...filter];
    return (await dashboard().ask<{ events: NamedEvent[] }>(...args)).events;
  }

  test('filtered, sorted, grouped and paged: the address has it all, so reloading and going back show it again', async () => {
    const { page, problems } = visit;
    await page.goto('/');
    await goTo(page, 'Events');
    await facet(page, 'Level', 'high').check();
    await facet(page, 'Service', 'ec2').check();
    await page.waitForURL('**/events?*level=high&*service=ec2*');
    const wanted = await listed('--level', 'high', '--service', 'ec2', '--status', 'active');
    await page.getByText(`${wanted.length} events`, { exact: true }).waitFor();
    await eventually(async () => {
      expect(new Set(await columnOf(page, 'Events', LEVEL))).toEqual(new Set(['High']));
    });
    expect(await rowsOf(page, 'Events').count()).toBe(Math.min(50, wanted.length));

    const firstSeen = page.getByRole('columnheader', { name: 'First seen' });
    await firstSeen.getByRole('button').click();
    await page.waitForURL('**sort=-firstSeen**');
    await firstSeen.getByRole('button').click();
    await page.waitForURL('**sort=firstSeen**');
    await eventually(async () => {
      expect(await firstSeen.getAttribute('aria-sort')).toBe('ascending');
      const times = await page.evaluate<string[]>(
        `[...document.querySelectorAll('td:nth-child(${FIRST_SEEN + 1}) time')].map(({ dateTime }) => dateTime)`,
      );
      const all = inOrder(wanted.map((event) => event.firstSeen));
      expect(times).toEqual(all.slice(0, 50));
    });
    const firstPage = await columnOf(page, 'Events', NAME);
    const firstAddress = page.url();

    await page.getByRole('link', { name: 'Next →' }).click();
    await page.waitForURL('**cursor=**');
    await eventually(async () => {
      expect(await rowsOf(page, 'Events').count()).toBe(Math.min(50, wanted.length - 50));
      expect(await columnOf(page, 'Events', NAME)).not.toEqual(firstPage);
    });
    const secondPage = await columnOf(page, 'Events', NAME);
    await page.reload();
    await eventually(async () => expect(await columnOf(page, 'Events', NAME)).toEqual(secondPage));
    expect(await facet(page, 'Level', 'high').isChecked()).toBe(true);
    expect(await facet(page, 'Service', 'ec2').isChecked()).toBe(true);
    await page.goBack();
    await page.waitForURL(firstAddress);
    await eventually(async () => expect(await columnOf(page, 'Events', NAME)).toEqual(firstPage));

    await page.getByRole('button', { name: 'By check' }).click();
    await page.waitForURL('**by=check**');
    const checks = new Map<string, number>();
    for (const { checkId } of wanted) checks.set(checkId, (checks.get(checkId) ?? 0) + 1);
    await eventually(async () => {
      const names = await columnOf(page, 'Events by check', 1);
      const active = await columnOf(page, 'Events by check', 4);
      const shown = names.map((name, index) => [name.split('\n').at(-1), Number(active[index])] as const);
      expect(new Map(shown)).toEqual(checks);
    });
    expect(problems).toEqual([]);
  }, 40_000);

  test('search finds how a resource begins', async () => {
    const { page, problems } = visit;
    await page.goto('/events?status=active');
    await page.locator('#event-search').fill('acme-redis');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.waitForURL('**search=acme-redis**');
    const wanted = await listed('--search', 'acme-redis', '--status', 'active');
    expect(wanted).not.toEqual([]);
    await eventually(async () => {
      const names = await columnOf(page, 'Events', NAME);
      expect(inOrder(names.map((name) => name.split('\n')[0]))).toEqual(
        inOrder(wanted.map(({ checkId }) => checkId)),
      );
    });
    await page.locator('#event-search').fill('there is no such thing');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'No event meets these filters' }).waitFor();
    expect(problems).toEqual([]);
  }, 20_000);

  test('an event: what is known of it; suppressed, it leaves the active ones until that is taken back', async () => {
    const { page, problems } = visit;
    const { ask } = dashboard();
    const [event] = await listed('--check', 'iam-root-account-no-mfa', '--account', '222222222222');
    await page.goto('/events?status=active&check=iam-root-account-no-mfa&scope=222222222222');
    await page.getByRole('link', { name: 'iam-root-account-no-mfa' }).click();
    const panel = page.getByRole('complementary', { name: `Event ${event?.id}` });
    await panel.getByRole('heading', { name: 'Root Account without MFA' }).waitFor();
    for (const part of ['Resource', 'Why it matters', 'What to do', 'Evidence', 'History']) {
      await panel.getByRole('heading', { name: part }).waitFor();
    }
    expect(await panel.innerText()).toContain(event?.resourceId);
    expect(await panel.getByRole('listitem').filter({ hasText: /^New / }).count()).toBe(1);

    await panel.getByRole('button', { name: 'Suppress…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Suppress' });
    await dialog.getByLabel('Reason').fill('Accepted until the new accounts are there');
    await dialog.getByLabel('Owner').fill('Platform team');
    await dialog.getByLabel('Ends').selectOption({ label: 'in 7 days' });
    await dialog.getByRole('button', { name: 'Suppress' }).click();
    await panel.getByText('Accepted until the new accounts are there').first().waitFor();
    await panel.getByText('Platform team').first().waitFor();
    await page.getByRole('heading', { name: 'No event meets these filters' }).waitFor();

    const suppressed = await ask<{ status: string; suppression: { owner: string; expiresAt: string } }>(
      'event',
      'show',
      String(event?.id),
    );
    expect(suppressed).toMatchObject({ status: 'suppressed', suppression: { owner: 'Platform team' } });
    const days = (Date.parse(suppressed.suppression.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);

    await page.goto('/events?status=suppressed');
    await eventually(async () => {
      expect(await columnOf(page, 'Events', NAME)).toEqual([
        expect.stringContaining('iam-root-account-no-mfa'),
      ]);
    });
    await page.getByRole('checkbox', { name: /^Select iam-root-account-no-mfa/ }).check();
    await page.getByText('1 selected event').waitFor();
    await page.getByRole('button', { name: 'End suppression…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End suppression' }).click();
    await page.getByRole('heading', { name: 'No event meets these filters' }).waitFor();
    expect(await ask('event', 'show', String(event?.id))).toMatchObject({
      status: 'active',
      suppression: null,
    });
    await page.goto('/events?status=active&check=iam-root-account-no-mfa&scope=222222222222');
    await eventually(async () =>
      expect(await columnOf(page, 'Events', ACCOUNT)).toEqual(['staging\n222222222222']),
    );
    expect(problems).toEqual([]);
  }, 40_000);

  test('the exported CSV has just the events of the filters, row by row', async () => {
    const { page, problems } = visit;
    await page.goto('/events?service=s3&account=222222222222,666666666666');
    await page.getByText('Export', { exact: true }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const text = readFileSync(await download.path(), 'utf8');
    const accounts = ['--account', '222222222222,666666666666'];
    const wanted = await listed('--service', 's3', ...accounts);
    expect(wanted.length).toBeGreaterThan(30);
    const [header = [], ...records] = parsedCsv(text);
    const names = Object.keys(COLUMNS);
    expect(header.slice(0, names.length)).toEqual(names);
    expect(header).toContain('WHAT TO DO');
    const rows = records.map((record) => record.slice(0, names.length));
    const byId = (one: string[], other: string[]) => Number(one[0]) - Number(other[0]);
    const expected = wanted.map((event) => Object.values(COLUMNS).map((value) => cellOf(value(event))));
    expect(rows.toSorted(byId)).toEqual(expected.toSorted(byId));
    expect(text).toContain(`"'${FORMULA_NAME.replaceAll('"', '""')}"`);
    expect(problems).toEqual([]);
  }, 20_000);
}
