import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { columnOf, eventually, rowsOf } from '../../support/dashboard.ts';
import type { Dashboard, Visit } from '../../support/dashboard.ts';

export function administration(dashboard: () => Dashboard): void {
  let visit: Visit;
  beforeAll(async () => {
    visit = await dashboard().signedIn();
  }, 20_000);
  afterAll(() => visit.context.close());

  test('a schedule is made, paused, started by hand and deleted', async () => {
    const { page, problems } = visit;
    const { ask } = dashboard();
    await page.goto('/schedules');
    await page.getByRole('button', { name: 'New schedule…' }).click();
    const dialog = page.getByRole('dialog', { name: 'New schedule' });
    await dialog.getByLabel('Name').fill('nightly');
    await dialog.getByLabel('Time', { exact: true }).fill('02:30');
    await dialog.getByLabel('Day').selectOption('Monday');
    await dialog.getByLabel('Time zone').fill('Europe/Paris');
    const next = dialog.getByRole('status').filter({ hasText: 'Monday at 02:30: next' });
    const [announced = ''] = /next (.*?);/.exec(await next.innerText())?.slice(1) ?? [];
    await dialog.getByRole('checkbox', { name: /^All profiles/ }).uncheck();
    await dialog.getByRole('checkbox', { name: 'staging' }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'nightly' }).click();
    await page.getByRole('heading', { name: 'Schedule nightly' }).waitFor();

    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('None while it is paused.').waitFor();
    expect(await ask('schedule', 'show', 'nightly')).toMatchObject({
      name: 'nightly',
      paused: true,
      cron: '30 2 * * 1',
    });
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    // What the dialog announced is what the scheduler itself has planned.
    await page.getByRole('listitem').getByText(announced).waitFor();

    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByText('Schedule nightly started.').waitFor();
    await eventually(async () => {
      const { recentRuns } = await ask<{ recentRuns: unknown[] }>('schedule', 'show', 'nightly');
      expect(recentRuns).toHaveLength(1);
    });
    await page.reload();
    await page.getByRole('link', { name: /^run-/ }).click();
    await page.getByRole('heading', { name: 'Run', exact: true }).waitFor();
    await eventually(async () => {
      expect(await columnOf(page, 'What came of each account', 0)).toEqual([
        expect.stringContaining('staging'),
      ]);
    }, 20_000);

    await page.goto('/schedules/nightly');
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the schedule' }).click();
    await page.getByRole('heading', { name: 'No schedules yet' }).waitFor();
    expect(problems).toEqual([]);
  }, 60_000);

  test('accounts: profiles with their health and what they have open', async () => {
    const { page, problems } = visit;
    await page.goto('/accounts');
    const row = (name: string) => rowsOf(page, 'Accounts').filter({ hasText: name });
    await eventually(async () => expect(await row('endless').innerText()).toContain('Never scanned'));
    expect(await row('production').innerText()).toContain('111111111111');
    expect(await row('production').innerText()).toContain('OK');
    expect(await row('staging').innerText()).toContain('errors in sns');
    expect(await row('666666666666').innerText()).toContain('No profile here');
    await row('production')
      .getByRole('link', { name: /critical/i })
      .click();
    await page.waitForURL(/\/events\?.*scope=111111111111/);
    await eventually(async () => {
      expect(new Set(await columnOf(page, 'Events', 1))).toEqual(new Set(['Critical']));
    });
    expect(problems).toEqual([]);
  }, 20_000);

  test('a token’s secret is shown once; revoked, it signs nobody in', async () => {
    const { page, problems } = visit;
    const { url } = dashboard();
    await page.goto('/settings/tokens');
    await page.getByRole('button', { name: 'New token…' }).click();
    const dialog = page.getByRole('dialog', { name: 'New token' });
    await dialog.getByLabel('Name').fill('siem');
    await dialog.getByLabel('Scope').selectOption('read');
    await dialog.getByLabel('Valid for days').fill('30');
    await dialog.getByRole('button', { name: 'Create' }).click();
    const secret = await page.getByText(/^vdt_/).innerText();
    const events = async () => {
      const answer = await fetch(`${url}/api/v1/events?limit=1`, {
        headers: { authorization: `Bearer ${secret}` },
      });
      return answer.status;
    };
    expect(await events()).toBe(200);
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await page.content()).not.toContain(secret);
    await page.reload();
    await page.getByRole('button', { name: /Revoke siem/ }).click();
    expect(await page.content()).not.toContain(secret);
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await eventually(async () => {
      expect(await rowsOf(page, 'Tokens').filter({ hasText: 'siem' }).innerText()).toContain('Revoked');
    });
    expect(await events()).toBe(401);

    await page.getByRole('link', { name: 'Audit log' }).click();
    await eventually(async () => {
      const actions = await columnOf(page, 'Everything that was changed or tried, newest first', 2);
      expect(actions.slice(0, 2)).toEqual(['tokens.revoke', 'tokens.create']);
    });
    expect(await page.content()).not.toContain(secret);
    expect(problems).toEqual([]);
  }, 20_000);

  test('the message about new events is shown as mail programs show it', async () => {
    const { page, problems } = visit;
    await page.goto('/settings/notifications');
    await page.getByLabel('Scan').selectOption('1');
    await page.getByText('critical').first().waitFor();
    const mail = page.frameLocator('iframe[title="The message"]');
    const heading = mail.getByRole('heading', { name: 'Security events in 111111111111' });
    await heading.waitFor();
    expect(await heading.getAttribute('style')).toMatch(/font-size/);
    await page.getByRole('link', { name: 'Text' }).click();
    await page.getByText('Security events in 111111111111').waitFor();
    expect(problems).toEqual([]);
  }, 20_000);

  test('the chosen theme stays', async () => {
    const { page, problems } = visit;
    const scheme = () => page.evaluate('getComputedStyle(document.documentElement).colorScheme');
    await page.goto('/settings');
    await page.getByRole('radio', { name: 'Dark' }).check();
    expect(await scheme()).toBe('dark');
    await page.reload();
    await page.getByRole('radio', { name: 'Dark' }).waitFor();
    expect(await scheme()).toBe('dark');
    await page.getByRole('radio', { name: 'As the system has it' }).check();
    expect(await scheme()).toBe('light dark');
    expect(problems).toEqual([]);
  }, 20_000);
}
