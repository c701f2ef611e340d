import { join } from 'node:path';
import { VedetteError } from '../../errors.ts';
import { packageRoot } from '../../package-root.ts';
import { isEnvironmentReady } from '../../processes/python.ts';
import type { SourceConfig } from '../source.ts';
import type { scoutsuiteSettings } from './settings.ts';

/**
 * The `scout` executable: the configured one, else the one of our own environment.
 *
 * @throws VedetteError `scanner-missing` when neither is there.
 */
export async function scoutCommand({
  settings,
  home,
}: SourceConfig<typeof scoutsuiteSettings>): Promise<string> {
  if (settings.command !== undefined) return settings.command;
  const { folder, requirementsFile } = ownEnvironment(home);
  if (await isEnvironmentReady(folder, requirementsFile)) return join(folder, 'bin', 'scout');
  throw new VedetteError(
    'scanner-missing',
    `ScoutSuite is not installed in ${folder}, or its pinned packages changed.`,
  );
}

/** The Python environment that `vedette setup` makes. */
export function ownEnvironment(home: string): { folder: string; requirementsFile: string } {
  return {
    folder: join(home, 'scoutsuite'),
    requirementsFile: join(packageRoot(), 'python', 'scoutsuite.txt'),
  };
}
