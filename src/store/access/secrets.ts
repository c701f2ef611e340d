import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const CHECKSUM_LENGTH = 6;

/** What secrets begin with, so that scanners for secrets can recognise them, and one is not taken for another. */
export const SECRET_PREFIXES = {
  token: 'vdt_',
  session: 'vds_',
  link: 'vdl_',
  invitation: 'vdi_',
  code: 'vdc_',
  state: 'vdo_',
  browser: 'vdb_',
} as const;
export type SecretKind = keyof typeof SECRET_PREFIXES;

/** 256 random bits as text whose last characters follow from the others. */
export function newSecret(kind: SecretKind): string {
  const text = SECRET_PREFIXES[kind] + randomBytes(SECRET_BYTES).toString('base64url');
  return text + checksum(text);
}

/** Whether it could be a secret at all, so that guesses do not reach the database. */
export function isSecret(kind: SecretKind, secret: string): boolean {
  const text = secret.slice(0, -CHECKSUM_LENGTH);
  return text.startsWith(SECRET_PREFIXES[kind]) && secret === text + checksum(text);
}

/** What is stored of a secret. Looking it up by its hash tells nobody by its timing how much of it was right. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, CHECKSUM_LENGTH);
}
