import { expect, test } from '@jest/globals';
import type { Dashboard } from '../../support/dashboard.ts';

const PLACES = [
  ['/runs', 'Start a run…', 'operate'],
  ['/events?status=active', 'Suppress…', 'operate'],
  ['/schedules', 'New schedule…', 'admin'],
] as const;

export function permissions(dashboard: () => Dashboard): void {
  test('what it may not do is there, disabled, and says why', async () => {
    const { ask, url, visit } = dashboard();
    const { secret } = await ask<{ secret: string }>('token', 'create', 'auditor', '--scope', 'read');
    const { context, page, problems } = await visit();
    await page.goto('/sign-in');
    await page.getByLabel('Or paste a token').fill(secret);
    await page.getByRole('button', { name: 'Sign in with the token' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    for (const [path, name, scope] of PLACES) {
      await page.goto(path);
      const button = page.getByRole('button', { name });
      await button.waitFor();
      expect(await button.getAttribute('aria-disabled')).toBe('true');
      const reason = await button.getAttribute('aria-describedby');
      expect(await page.locator(`[id="${reason}"]`).textContent()).toBe(
        `This needs the scope ${scope}; yours is read.`,
      );
      await button.focus();
      await page.keyboard.press('Enter');
      expect(await page.getByRole('dialog').count()).toBe(0);
    }
    for (const path of ['/settings/tokens', '/settings/audit']) {
      await page.goto(path);
      await page.getByRole('heading', { name: 'You may not see this' }).waitFor();
    }
    expect(problems).toEqual([]);

    const { status } = await fetch(`${url}/api/v1/runs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ accounts: ['staging'] }),
    });
    expect(status).toBe(403);
    await context.close();
  }, 30_000);
}
