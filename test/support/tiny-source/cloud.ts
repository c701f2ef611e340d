import { readFile } from 'node:fs/promises';
import type { CollectInput } from '../../../src/sources/source.ts';
import { noCloud, notInCloud } from './errors.ts';
import type { tinySettings, TinySettings } from './settings.ts';

/** What the source scans instead of AWS: for each profile its account. */
export type RecordedCloud = Readonly<Record<string, RecordedAccount>>;

export interface RecordedAccount {
  accountId: string;
  buckets: readonly RecordedBucket[];
}

export interface RecordedBucket {
  name: string;
  region: string;
  public?: boolean;
  /** Keys, sorted. Those that end in `.pem` are private keys. */
  objects: readonly string[];
  /** Its objects cannot be read, today and in all days to come. */
  denied?: boolean;
  /** Its objects make no sense: there is no scan of this account. */
  garbled?: boolean;
  /** A file without which its objects take for ever to be read. */
  slowUntil?: string;
}

export type TinyInput = CollectInput<typeof tinySettings>;

export async function readCloud({ cloud }: TinySettings): Promise<RecordedCloud> {
  if (cloud === undefined) throw noCloud();
  return JSON.parse(await readFile(cloud, 'utf8')) as RecordedCloud;
}

/** The buckets that the scan is to look at. */
export async function accountOf({ settings, target }: TinyInput): Promise<RecordedAccount> {
  const account = (await readCloud(settings))[target.name];
  if (account === undefined) throw notInCloud(target.name);
  return account;
}

/** Whether an object is one of those that are asked for. */
export function isWanted(bucket: string, key: string, { prefix = '' }: TinySettings): boolean {
  return `${bucket}/${key}`.startsWith(prefix);
}
