import type { SourceConfig } from '../../../src/sources/source.ts';
import { readCloud } from './cloud.ts';
import type { tinySettings } from './settings.ts';

export async function checkTiny({ settings }: SourceConfig<typeof tinySettings>): Promise<string> {
  const accounts = Object.keys(await readCloud(settings)).length;
  return `Tiny 1.0 (${accounts} recorded accounts)`;
}
