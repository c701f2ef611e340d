import type { SetupStep, SourceConfig } from '../../../src/sources/source.ts';
import { readCloud } from './cloud.ts';
import type { tinySettings } from './settings.ts';

export const tinySetup: readonly SetupStep<typeof tinySettings>[] = [
  { title: 'Recorded cloud', run: (own) => checkTiny(own) },
];

export async function checkTiny({ settings }: SourceConfig<typeof tinySettings>): Promise<string> {
  const accounts = Object.keys(await readCloud(settings)).length;
  return `Tiny 1.0 (${accounts} recorded accounts)`;
}
