import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import { loadConfig } from '../../src/settings.ts';

const providers = (text: string) =>
  loadConfig({}, tmpdir(), { VEDETTE_SIGN_IN_PROVIDERS: text }).config.signIn.providers;

test('providers are read as pairs, and what they hold stays text', () => {
  const issuer = 'https://accounts.google.com';
  expect(providers(`google.issuer=${issuer}, google.client=1234e5,hub.kind=github,hub.client=0012`)).toEqual({
    google: { kind: 'openid', issuer, client: '1234e5' },
    hub: { kind: 'github', client: '0012' },
  });
  expect(providers('')).toEqual({});
  expect(providers('one.issuer=http://[::1]:9,one.client=a')).toHaveProperty('one');
});

test.each([
  'google.client=1234',
  'google.issuer=https://accounts.google.com',
  'google.issuer=http://accounts.google.com,google.client=1234',
  'google.issuer=ftp://accounts.google.com,google.client=1234',
  'google.issuer=https://accounts.google.com,google.client=1234,google.secret=told',
  'google.kind=saml,google.issuer=https://accounts.google.com,google.client=1234',
  'google',
])('%s is refused, by the name of the setting', (text) => {
  expect(() => providers(text)).toThrow(/VEDETTE_SIGN_IN_PROVIDERS/);
});
