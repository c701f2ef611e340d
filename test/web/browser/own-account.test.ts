import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { generate } from 'otplib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Store } from '../../../src/store/database/store.ts';
import { createApi, OTHER_ORGANISATION } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { startBrowser } from '../../support/browser.ts';
import { makeMember, PASSWORD } from '../../support/people.ts';
import { createDatabase } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';
import { expectAccessible } from './accessibility.ts';

// Passwords take long to try, on purpose.
jest.setTimeout(90_000);

const EMAIL = 'jane@example.com';
const MOST_MS = 25_000;

let database: TestDatabase;
let store: Store;
let api: TestApi;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  database = createDatabase('sqlite');
  store = await database.open();
  [api, browser] = await Promise.all([createApi({ config: database.config, store }), startBrowser()]);
  await makeMember(store, EMAIL, 'OWNER', { password: PASSWORD });
  await makeMember(store, EMAIL, 'VIEWER', { organizationId: OTHER_ORGANISATION });
  // The page is looked at from within, which its policy for content would not allow.
  context = await browser.newContext({ baseURL: api.url, locale: 'en-GB', bypassCSP: true });
  context.setDefaultTimeout(MOST_MS);
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
  await database?.remove();
});

async function typePassword(): Promise<void> {
  await page.getByLabel('E-mail').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
}

async function otherBrowser(): Promise<{ isSignedIn(): Promise<boolean> }> {
  const { request } = await browser.newContext({ baseURL: api.url });
  await request.post('/api/v1/session', { data: { email: EMAIL, password: PASSWORD } });
  return { isSignedIn: async () => (await request.get('/api/v1/session')).ok() };
}

test('one changes the password by the keyboard alone, and is told what is wrong with it', async () => {
  await page.goto('/sign-in?returnTo=%2Fsettings%2Faccount');
  await typePassword();
  await page.getByRole('heading', { name: 'Your browsers' }).waitFor();
  await page.getByRole('button', { name: 'Change the password…' }).press('Enter');
  await page.keyboard.type('not it');
  await page.keyboard.press('Tab');
  await page.keyboard.type('seven wooden windmills turn');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Your current password is wrong').waitFor();
  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByLabel('New password').fill('short');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('15 to 256 characters').waitFor();
  await page.keyboard.press('Escape');
  expect(new URL(page.url()).pathname).toBe('/settings/account');
});

test('one signs another browser of one’s own out', async () => {
  const other = await otherBrowser();
  await page.reload();
  await page
    .getByRole('row')
    .filter({ hasNotText: 'this browser' })
    .getByRole('button', { name: /^Sign out session/ })
    .press('Enter');
  await page.getByText('The browser is signed out.').waitFor();
  expect(await other.isSignedIn()).toBe(false);
  await expectAccessible(page, 'own-account');
});

test('a second factor is set up, asked for, and removed by a recovery code', async () => {
  await page.getByRole('button', { name: 'Set up…' }).press('Enter');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  const link = page.getByRole('link', { name: /^otpauth:/ });
  const secret = new URL((await link.getAttribute('href')) ?? '').searchParams.get('secret') ?? '';
  await expectAccessible(page, 'second-factor');
  await page.getByLabel('Code that the app shows').fill(await generate({ secret }));
  await page.keyboard.press('Enter');
  await page.getByText('Your second factor is on.').waitFor();
  const codes = await page.getByRole('status').getByRole('listitem').allInnerTexts();
  expect(codes).toHaveLength(10);

  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await page.getByRole('heading', { name: 'Sign in to vedette' }).waitFor();
  await typePassword();
  await page.getByLabel('Code of your second factor').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await page.keyboard.type('of nobody');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('second factor is wrong').waitFor();
  const next = await generate({ secret, epoch: Math.floor(Date.now() / 1000) + 30 });
  await page.getByLabel('Code of your second factor').fill(next);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();

  await page.goto('/settings/account');
  await page.getByRole('button', { name: 'Remove…' }).press('Enter');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Tab');
  await page.keyboard.type(codes[0] ?? '');
  await page.keyboard.press('Enter');
  await page.getByText('Your second factor is off.').waitFor();
});

test('one goes over to another organisation', async () => {
  await page.getByRole('button', { name: `Go over to ${OTHER_ORGANISATION}` }).press('Enter');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  const session = await context.request.get('/api/v1/session');
  expect(await session.json()).toMatchObject({ organizationId: OTHER_ORGANISATION, role: 'VIEWER' });
});
