import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VedetteError } from '../../errors.ts';
import { childEnvironment } from '../../processes/environment.ts';
import { ensureEnvironment } from '../../processes/python.ts';
import { runProcess } from '../../processes/run-process.ts';
import type { SetupContext, SetupStep } from '../source.ts';
import { ownEnvironment } from './program.ts';
import type { scoutsuiteSettings } from './settings.ts';

interface Distribution {
  /** Matches ID and ID_LIKE of /etc/os-release. */
  pattern: RegExp;
  commands: readonly (readonly [string, ...string[]])[];
}

/** What brings a usable Python with its venv module, by distribution. */
const distributions: readonly Distribution[] = [
  {
    pattern: /debian|ubuntu/,
    commands: [
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', '--no-install-recommends', 'python3', 'python3-venv'],
    ],
  },
  { pattern: /fedora|rhel|centos|rocky|almalinux|amzn/, commands: [['dnf', 'install', '-y', 'python3.11']] },
  { pattern: /suse/, commands: [['zypper', '--non-interactive', 'install', 'python311']] },
  { pattern: /alpine/, commands: [['apk', 'add', 'python3']] },
];

export const scoutsuiteSetup: readonly SetupStep<typeof scoutsuiteSettings>[] = [
  { title: 'ScoutSuite', run: ({ home }, context) => installScoutSuite(home, context) },
];

/**
 * Installs the pinned ScoutSuite in its own environment below `home`; milliseconds when it is there.
 *
 * @returns the `scout` executable
 * @throws VedetteError `python-missing` that names the system packages, `setup-failed` or `disk-full`.
 */
export async function installScoutSuite(home: string, context: SetupContext): Promise<string> {
  const input = { ...ownEnvironment(home), onProgress: context.onProgress, signal: context.signal };
  try {
    return join(await ensureEnvironment(input), 'scout');
  } catch (error) {
    if (!(error instanceof VedetteError) || error.type !== 'python-missing') throw error;
    await installSystemPackages(error, context);
    return join(await ensureEnvironment(input), 'scout');
  }
}

async function installSystemPackages(
  missing: VedetteError,
  { allowSystemPackages, onProgress, signal }: SetupContext,
): Promise<void> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const ids = [...release.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].map((match) => match[1]).join(' ');
  const distribution = distributions.find(({ pattern }) => pattern.test(ids));
  if (distribution === undefined) throw missing;
  const isRoot = process.getuid?.() === 0;
  const asTyped = distribution.commands.map((command) => command.join(' ')).join(' && ');
  if (!allowSystemPackages || !isRoot) {
    throw new VedetteError(missing.type, missing.message, {
      cause: missing,
      remedy: `Run as root: ${asTyped}`,
    });
  }
  for (const [command, ...args] of distribution.commands) {
    onProgress([command, ...args].join(' '));
    const lines: string[] = [];
    const { exitCode } = await runProcess(command, args, {
      environment: { ...childEnvironment(), DEBIAN_FRONTEND: 'noninteractive' },
      signal,
      onLine: (line) => lines.push(line),
    });
    if (exitCode !== 0) {
      const lastLines = lines.slice(-15);
      throw new VedetteError('setup-failed', `${command} failed: ${lastLines.join('\n')}`, { lastLines });
    }
  }
}
