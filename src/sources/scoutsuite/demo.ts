import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../package-root.ts';
import type { SourceDemo } from '../source.ts';
import type { scoutsuiteSettings } from './settings.ts';
import { installScoutSuite } from './setup.ts';

export const scoutsuiteDemo: SourceDemo<typeof scoutsuiteSettings> = {
  async simulated({ home }, folder, context) {
    const scout = await installScoutSuite(home, { ...context, allowSystemPackages: false });
    return { VEDETTE_SCOUT_COMMAND: await writeScout(scout, folder) };
  },
  async recorded(folder) {
    // The recorded sequence begins anew.
    await rm(join(folder, 'recorded-scans'), { recursive: true, force: true });
    return {
      environment: { VEDETTE_SCOUT_COMMAND: simulation('recorded-scout.js') },
      profile: (accountId) => ({ recorded_account: accountId, recorded_delay_seconds: '2' }),
    };
  },
};

/**
 * A `scout` that reaches the accounts by the `endpoint_url` of their profiles: a shell script, since only one program and
 * no arguments can be named as the scanner.
 */
async function writeScout(scout: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'scout');
  const run = [join(scout, '..', 'python'), simulation('scout_in_simulation.py')].map(shellWord).join(' ');
  await writeFile(file, `#!/bin/sh\nexport NO_PROXY=127.0.0.1 no_proxy=127.0.0.1\nexec ${run} "$@"\n`);
  await chmod(file, 0o700);
  return file;
}

function simulation(name: string): string {
  return join(packageRoot(), 'simulated-aws', name);
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
