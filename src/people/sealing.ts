import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';
import type { Store } from '../store/database/store.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1.';
const KEY_FILE = 'encryption.key';

/** Where secrets are that have to be read again, and what they are encrypted with. */
export interface Vault {
  store: Store;
  config: Config;
}

/**
 * Encrypts a secret that has to be read again.
 *
 * @param of whose it is: under another's name it cannot be opened
 * @throws VedetteError `usage` where there is no key.
 */
export async function seal(vault: Vault, secret: string, of: string): Promise<string> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, await keyOf(vault), iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(of));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return VERSION + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @throws VedetteError `config-invalid` when it was sealed with another key, or is not what was sealed. */
export async function unseal(vault: Vault, sealed: string, of: string): Promise<string> {
  const key = await keyOf(vault);
  try {
    const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url');
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(of));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const opened = [decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()];
    return Buffer.concat(opened).toString('utf8');
  } catch (cause) {
    throw new VedetteError(
      'config-invalid',
      'A second factor cannot be read: it was kept with another key.',
      {
        remedy:
          'Set VEDETTE_ENCRYPTION_KEY as it was, or take the factor away with vedette user factor remove EMAIL.',
        cause,
      },
    );
  }
}

async function keyOf({ store, config }: Vault): Promise<Buffer> {
  const { encryptionKey } = config.api;
  const from = encryptionKey ?? (await keyOfThisMachine(store, config));
  return Buffer.from(hkdfSync('sha256', from, '', 'vedette second factors', KEY_BYTES));
}

/** Beside a database that is a file. Another database has several servers, and they need one key. */
async function keyOfThisMachine({ dialect }: Store, { general }: Config): Promise<string> {
  if (dialect !== 'sqlite') {
    throw new VedetteError('usage', 'This installation has no key to encrypt second factors with.', {
      remedy: 'Whoever runs it sets VEDETTE_ENCRYPTION_KEY, the same for every server.',
    });
  }
  const file = join(general.home, KEY_FILE);
  const made = randomBytes(KEY_BYTES).toString('hex');
  await writeFile(file, made, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const key = await readFile(file, 'utf8');
  if (key.length === made.length) return key;
  throw new VedetteError('config-invalid', `${file} is no key.`, {
    remedy: 'Put the one back that was there, or remove it: second factors are then set up anew.',
  });
}
