import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { generate } from 'otplib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Store } from '../../../src/store/database/store.ts';
import { createApi, OTHER_ORGANISATION } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { startBrowser } from '../../support/browser.ts';
import { CLIENT, CLIENT_SECRET, startOpenIdServer } from '../../support/openid-server.ts';
import type { OpenIdServer } from '../../support/openid-server.ts';
import { makeMember, PASSWORD } from '../../support/people.ts';
import { createDatabase, testConfig } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';
import { expectAccessible } from './accessibility.ts';

// Passwords take long to try, on purpose.
jest.setTimeout(90_000);

const EMAIL = 'jane@example.com';
const MOST_MS = 25_000;

let database: TestDatabase;
let store: Store;
let api: TestApi;
let openid: OpenIdServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  database = createDatabase('sqlite');
  store = await database.open();
  openid = await startOpenIdServer();
  const { signIn } = testConfig({
    signIn: {
      providers: { one: { issuer: openid.issuer, client: CLIENT, name: 'Keycloak' } },
      clientSecrets: [`one=${CLIENT_SECRET}`],
    },
  });
  const config = { ...database.config, signIn };
  [api, browser] = await Promise.all([createApi({ config, store }), startBrowser()]);
  openid.serve(`${api.url}/sign-in/return`);
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
  await openid?.stop();
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

/** What the provider's own pages ask, and not for the fonts that they would load. */
async function signInAtProvider(of: Page, account: string): Promise<void> {
  await of.locator('input[name=login]').fill(account);
  await of.locator('input[name=password]').fill('any');
  await of.keyboard.press('Enter');
  await of.getByRole('button', { name: 'Continue' }).click();
}

test('one links an account at a provider, and another browser signs in with it, within the policy for content', async () => {
  await page.route('https://**', (route) => route.abort());
  await page.getByRole('button', { name: 'Link Keycloak…' }).click();
  await signInAtProvider(page, 'jane there');
  await page.getByRole('button', { name: 'Unlink Keycloak' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/settings/account');
  await expectAccessible(page, 'linked-accounts');

  const other = await browser.newContext({ baseURL: api.url, locale: 'en-GB' });
  other.setDefaultTimeout(MOST_MS);
  await other.route('https://**', (route) => route.abort());
  const visitor = await other.newPage();
  const problems: string[] = [];
  visitor.on('console', (message) => {
    if (message.type() === 'error' && visitor.url().startsWith(api.url)) problems.push(message.text());
  });
  await visitor.goto('/sign-in?returnTo=%2Fsettings%2Fpeople');
  await visitor.getByRole('button', { name: 'Continue with Keycloak' }).click();
  await signInAtProvider(visitor, 'jane there');
  await visitor.getByRole('heading', { name: 'People', exact: true }).first().waitFor();
  expect(new URL(visitor.url()).pathname).toBe('/settings/people');
  expect(problems.filter((text) => !text.includes('401'))).toEqual([]);

  const strangers = await browser.newContext({ baseURL: api.url });
  await strangers.route('https://**', (route) => route.abort());
  const stranger = await strangers.newPage();
  await stranger.goto('/sign-in');
  await stranger.getByRole('button', { name: 'Continue with Keycloak' }).click();
  await signInAtProvider(stranger, 'somebody else');
  await stranger.getByText('This account of Keycloak is linked with nobody here.').waitFor();
  expect(new URL(stranger.url()).search).toBe('');
  await strangers.close();
  await other.close();
});

test('a passkey is added, signs another visit in, and is taken away', async () => {
  const named = api.url.replace('127.0.0.1', 'localhost');
  const other = await browser.newContext({ baseURL: named, locale: 'en-GB', bypassCSP: true });
  other.setDefaultTimeout(MOST_MS);
  const visitor = await other.newPage();
  const devices = await other.newCDPSession(visitor);
  await devices.send('WebAuthn.enable');
  const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await visitor.goto('/sign-in?returnTo=%2Fsettings%2Faccount');
  await visitor.getByLabel('E-mail').fill(EMAIL);
  await visitor.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await visitor.keyboard.press('Enter');
  await visitor.getByRole('button', { name: 'Add a passkey…' }).click();
  await visitor.getByLabel('Name').fill('<b>laptop</b>');
  await visitor.keyboard.press('Enter');
  await visitor.getByText('The passkey is added.').waitFor();
  await expectAccessible(visitor, 'passkeys');

  await visitor.setViewportSize({ width: 1280, height: 800 });
  await visitor.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  const answered = visitor.waitForRequest('**/sign-in/passkey');
  await visitor.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await visitor.getByRole('heading', { name: 'Overview' }).waitFor();
  const answer = (await answered).postDataJSON() as { state: string; response: object };
  const again = async (data: object) =>
    (await other.request.post('/api/v1/sign-in/passkey', { data })).status();
  expect(await again(answer)).toBe(401);
  const begun = await other.request.post('/api/v1/sign-in/passkey/begin', { data: {} });
  const { state } = (await begun.json()) as { state: string };
  expect(await again({ ...answer, state })).toBe(401);
  const session = await other.request.get('/api/v1/session');
  expect(await session.json()).toMatchObject({ method: 'passkey', person: { email: EMAIL } });

  // One that does not know who holds it is not enough.
  await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await other.clearCookies();
  await visitor.goto('/sign-in');
  await visitor.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await visitor.getByRole('alert').getByText('No passkey was used.').waitFor();
  await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  await visitor.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await visitor.getByRole('heading', { name: 'Overview' }).waitFor();
  await visitor.goto('/settings/account');
  await visitor.getByRole('button', { name: 'Remove the passkey' }).click();
  await visitor.getByText('No passkey yet').waitFor();
  await other.clearCookies();
  await visitor.goto('/sign-in');
  await visitor.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await visitor.getByRole('alert').getByText('not known here').waitFor();
  await other.close();

  await page.getByRole('button', { name: 'Add a passkey…' }).click();
  await page.getByLabel('Name').fill('by address');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Passkeys need a name').waitFor();
  await page.keyboard.press('Escape');
});

test('one goes over to another organisation', async () => {
  await page.getByRole('button', { name: `Go over to ${OTHER_ORGANISATION}` }).press('Enter');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  const session = await context.request.get('/api/v1/session');
  expect(await session.json()).toMatchObject({ organizationId: OTHER_ORGANISATION, role: 'VIEWER' });
});
