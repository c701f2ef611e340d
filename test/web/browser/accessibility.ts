import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { keepScreenshot } from '../../support/dashboard.ts';
import type { Dashboard, Visit } from '../../support/dashboard.ts';
import { HOSTILE_ACCOUNT } from '../../support/hostile-results.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDE = { width: 1440, height: 900 };
const MIDDLE = { width: 1024, height: 800 };
const NARROW = { width: 380, height: 800 };
/** Dark differs from light in colours alone. */
const LOOKS = [
  { name: 'wide-light', viewport: WIDE, colorScheme: 'light', rules: undefined },
  { name: 'wide-dark', viewport: WIDE, colorScheme: 'dark', rules: ['color-contrast'] },
  { name: 'middle-light', viewport: MIDDLE, colorScheme: 'light', rules: ['color-contrast'] },
  { name: 'narrow-light', viewport: NARROW, colorScheme: 'light', rules: undefined },
  { name: 'narrow-dark', viewport: NARROW, colorScheme: 'dark', rules: ['color-contrast'] },
] as const;

/** Each with what shows that it has loaded. A few rows have all that many have, and take less time. */
const PAGES: readonly (readonly [name: string, path: string, shown: string])[] = [
  ['overview', '/', 'Worst checks'],
  ['overview-changes', '/?chart=changes', 'New and resolved by day'],
  ['events', '/events?status=active&sort=-level&level=critical&scope=222222222222', 'Check and resource'],
  ['event', `/events?scope=${HOSTILE_ACCOUNT}&level=critical&event=1`, 'History'],
  ['events-by-check', '/events?by=check&service=s3', 'Worst'],
  ['events-by-resource', '/events?by=resource&service=s3&scope=222222222222', 'Worst'],
  ['no-events', '/events?search=nothing-begins-so', 'No event meets these filters'],
  ['runs', '/runs', 'Took'],
  ['start-run', '/runs?dialog=start', 'All profiles'],
  ['scans', '/scans', 'Checks flagged'],
  ['scan', '/scans/2?flagged=true&level=critical', 'What was not evaluated'],
  ['schedules', '/schedules', 'No schedules yet'],
  ['new-schedule', '/schedules?dialog=create', 'All profiles'],
  ['accounts', '/accounts', 'Never scanned'],
  ['account', '/accounts/222222222222', 'Checks that fail in the account'],
  ['account-coverage', '/accounts/222222222222?tab=coverage', 'Last looked'],
  ['account-activity', '/accounts/222222222222?tab=activity', 'Unverified'],
  ['resource', '/resources/111111111111/acme-public-policy', 'Service'],
  ['check', '/checks/scoutsuite/iam/iam-root-account-no-mfa', 'Why it matters'],
  ['check-accounts', '/checks/scoutsuite/iam/iam-root-account-no-mfa?tab=accounts', 'Flagged'],
  ['exports', '/exports?level=critical', 'Number of the event'],
  ['appearance', '/settings', 'Kept in this browser only'],
  ['tokens', '/settings/tokens', 'Made by'],
  ['suppressions', '/settings/suppressions', 'Add a rule'],
  ['notifications', '/settings/notifications?scan=1', 'Subject:'],
  ['audit-log', '/settings/audit', 'session.open'],
  ['not-found', '/nothing-here', 'There is no such page'],
];

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary: string }[];
}

async function violations(page: Page, rules: readonly string[] | undefined): Promise<string[]> {
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  const found = await page.evaluate<Violation[]>(
    `axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

/** Looks at the page in every size and theme: nothing that axe finds, nothing that sticks out, a screenshot. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  await page.evaluate(AXE);
  for (const { name: look, viewport, colorScheme, rules } of LOOKS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await keepScreenshot(page, `${name}-${look}`);
    const tooWide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    const found = await violations(page, rules);
    expect({ look, tooWide, found }).toEqual({ look, tooWide: false, found: [] });
  }
}

export function accessibility(dashboard: () => Dashboard): void {
  let visit: Visit;
  beforeAll(async () => {
    visit = await dashboard().signedIn();
  }, 20_000);
  afterAll(() => visit.context.close());

  test.each(PAGES)(
    '%s',
    async (name, path, shown) => {
      const { page, problems } = visit;
      // A narrow window shows cards, without the heads of columns.
      await page.setViewportSize(WIDE);
      await page.goto(path);
      await page.getByText(shown).first().waitFor();
      await expectAccessible(page, name);
      expect(problems).toEqual([]);
    },
    30_000,
  );

  test('the navigation, which a narrow window opens over the page', async () => {
    const { page, problems } = visit;
    await page.goto('/runs');
    await page.setViewportSize(NARROW);
    await page.getByRole('button', { name: 'Navigation' }).click();
    const navigation = page.getByRole('navigation', { name: 'Dashboard' });
    await navigation.getByRole('list', { name: 'Work' }).getByRole('link', { name: 'Activity' }).waitFor();
    await expectAccessible(page, 'navigation');
    expect(problems).toEqual([]);
  }, 20_000);

  test('a run', async () => {
    const { page, problems } = visit;
    await page.setViewportSize(WIDE);
    await page.goto('/runs');
    await page.getByRole('row').filter({ hasText: 'Partly failed' }).getByRole('link').click();
    await page.getByText('Scan failed').first().waitFor();
    await expectAccessible(page, 'run');
    expect(problems).toEqual([]);
  }, 20_000);

  test('signing in', async () => {
    const { context, page, problems } = await dashboard().visit();
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await expectAccessible(page, 'sign-in');
    expect(problems).toEqual([]);
    await context.close();
  }, 20_000);
}
