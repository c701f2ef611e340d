import { z } from 'zod';
import { secret, setting } from '../config/setting.ts';
import { integer, list, listenAddress, text } from '../config/types.ts';

export const apiSettings = {
  address: setting(
    'VEDETTE_API_ADDRESS',
    listenAddress.transform((value) => value ?? '127.0.0.1:8250'),
    'Where the API and the dashboard are served, `host:port`; a port alone is on the loopback interface.',
  ),
  publicUrl: setting(
    'VEDETTE_PUBLIC_URL',
    text.pipe(z.url({ protocol: /^https?$/, error: 'expected http://… or https://…' }).optional()),
    'How browsers reach the dashboard where a proxy stands before it, e.g. `https://vedette.example.com`.',
  ),
  trustedProxies: setting(
    'VEDETTE_TRUSTED_PROXIES',
    list,
    'Addresses or networks of proxies that say whom they ask for (`X-Forwarded-For`), comma-separated.',
  ),
  encryptionKey: secret(
    'VEDETTE_ENCRYPTION_KEY',
    text.pipe(z.string().min(32, { error: 'expected at least 32 characters' }).optional()),
    'Encrypts the secrets of second factors: at least 32 random characters, the same for every server. With SQLite, a file of the home stands in for it.',
  ),
  requestsPerMinute: setting(
    'VEDETTE_API_RATE_LIMIT',
    integer(1200, { min: 10, max: 1_000_000 }),
    'Requests that one client address may send to the API in a minute.',
  ),
};
