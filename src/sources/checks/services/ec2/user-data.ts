import { gunzipSync } from 'node:zlib';
import { secretsInText } from '../../secrets.ts';
import type { FoundSecret } from '../../secrets.ts';

/** What user data says without saying it: its secrets are named, never kept. */
export interface UserData {
  isReadable: boolean;
  secrets: readonly FoundSecret[];
}

/** What unpacked user data may come to; AWS takes 16 KiB packed. */
const LARGEST = 16 * 1024 * 1024;

/** @param encoded in Base64, packed or not, as AWS gives it @returns null where there is none */
export function userDataOf(encoded: string | undefined): UserData | null {
  if (encoded === undefined || encoded === '') return null;
  try {
    const bytes = Buffer.from(encoded, 'base64');
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const plain = isPacked ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes;
    const text = new TextDecoder('utf-8', { fatal: true }).decode(plain);
    return { isReadable: true, secrets: secretsInText(text) };
  } catch {
    return { isReadable: false, secrets: [] };
  }
}
