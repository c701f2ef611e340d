import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Dashboard } from '../../support/dashboard.ts';

const overview = (page: Page) => page.getByRole('heading', { name: 'Overview' });

export function signingIn(dashboard: () => Dashboard): void {
  test('the link that vedette up prints signs in, once, and its code stays in no address', async () => {
    const { link, url, visit } = dashboard();
    const first = await visit();
    await first.page.goto(link);
    await overview(first.page).waitFor();
    expect(first.page.url()).toBe(`${url}/`);
    expect(await first.page.title()).toBe('Overview · vedette');
    const [cookie] = await first.context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    expect(first.problems).toEqual([]);

    const second = await visit();
    await second.page.goto(link);
    await second.page.getByRole('alert').getByText('link').waitFor();
    await second.page.goto('/events');
    await second.page.getByRole('heading', { name: 'Sign in to vedette' }).waitFor();
    await first.context.close();
    await second.context.close();
  });

  test('a token signs in and leads to the page that was asked for; signing out ends the session', async () => {
    const { ask, url, visit } = dashboard();
    const { secret } = await ask<{ secret: string }>('token', 'create', 'browser', '--scope', 'operate');
    const { context, page, problems } = await visit();
    await page.goto('/accounts?sort=health');
    await page.getByLabel('Or paste a token').fill('vdt_of-nobody');
    await page.getByRole('button', { name: 'Sign in with the token' }).click();
    await page.getByRole('alert').getByText('token is unknown').waitFor();
    await page.getByLabel('Or paste a token').fill(secret);
    await page.getByRole('button', { name: 'Sign in with the token' }).click();
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    expect(page.url()).toBe(`${url}/accounts?sort=health`);
    await page.getByText('browser · operate').waitFor();
    const [cookie] = await context.cookies();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to vedette' }).waitFor();
    const { status } = await fetch(`${url}/api/v1/session`, {
      headers: { cookie: `${cookie?.name}=${cookie?.value}` },
    });
    expect(status).toBe(401);
    await page.goto('/');
    await page.getByRole('heading', { name: 'Sign in to vedette' }).waitFor();
    // The browser itself tells of every answer that refuses something.
    expect(problems.filter((text) => !/^Failed to load resource: .* 401 /.test(text))).toEqual([]);
    await context.close();
  });
}
