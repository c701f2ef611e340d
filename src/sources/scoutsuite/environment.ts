import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VedetteError } from '../../errors.ts';
import { packageRoot } from '../../package-root.ts';
import { childEnvironment } from '../../processes/environment.ts';
import { ensureEnvironment, isEnvironmentReady } from '../../processes/python.ts';
import { runProcess } from '../../processes/run-process.ts';
import type { Config } from '../../settings.ts';

export interface InstallOptions {
  onProgress: (line: string) => void;
  signal: AbortSignal;
  /** Install missing system packages; takes effect for root only. */
  allowSystemPackages: boolean;
}

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

/**
 * The `scout` executable: the configured one, else the one of our own environment.
 *
 * @throws VedetteError `scanner-missing` when neither is there.
 */
export async function scoutCommand(config: Config): Promise<string> {
  if (config.scoutsuite.command !== undefined) return config.scoutsuite.command;
  const { folder, requirementsFile } = places(config);
  if (await isEnvironmentReady(folder, requirementsFile)) return join(folder, 'bin', 'scout');
  throw new VedetteError(
    'scanner-missing',
    `ScoutSuite is not installed in ${folder}, or its pinned packages changed.`,
  );
}

/**
 * Installs the pinned ScoutSuite in its own environment below VEDETTE_HOME; milliseconds when it is there.
 *
 * @returns the `scout` executable
 * @throws VedetteError `python-missing` that names the system packages, `setup-failed` or `disk-full`.
 */
export async function installScoutSuite(config: Config, options: InstallOptions): Promise<string> {
  const input = { ...places(config), onProgress: options.onProgress, signal: options.signal };
  try {
    return join(await ensureEnvironment(input), 'scout');
  } catch (error) {
    if (!(error instanceof VedetteError) || error.type !== 'python-missing') throw error;
    await installSystemPackages(error, options);
    return join(await ensureEnvironment(input), 'scout');
  }
}

/** @throws VedetteError `scanner-missing` or `scanner-failed` when the scanner does not answer. */
export async function checkScoutSuite(
  config: Config,
  signal: AbortSignal,
): Promise<{ command: string; version: string }> {
  const command = await scoutCommand(config);
  const lines: string[] = [];
  const { exitCode, startError } = await runProcess(command, ['--version'], {
    environment: childEnvironment(),
    signal,
    timeoutMs: 60_000,
    onLine: (line) => lines.push(line),
  });
  if (startError !== undefined) throw cannotStart(command, startError);
  const version = lines
    .map((line) => /^Scout Suite (\S+)/.exec(line)?.[1])
    .find((found) => found !== undefined);
  if (exitCode !== 0 || version === undefined) {
    throw new VedetteError(
      'scanner-failed',
      `${command} --version does not tell a version: ${lines.join(' ')}`,
      {
        lastLines: lines,
        remedy: 'Run vedette setup, or correct VEDETTE_SCOUT_COMMAND.',
      },
    );
  }
  return { command, version };
}

export function cannotStart(command: string, cause: NodeJS.ErrnoException): VedetteError {
  const reason = cause.code === 'ENOENT' ? 'there is no such program' : cause.message;
  return new VedetteError('scanner-missing', `${command} cannot be started: ${reason}.`, { cause });
}

function places(config: Config): { folder: string; requirementsFile: string } {
  return {
    folder: join(config.general.home, 'scoutsuite'),
    requirementsFile: join(packageRoot(), 'python', 'scoutsuite.txt'),
  };
}

async function installSystemPackages(
  missing: VedetteError,
  { allowSystemPackages, onProgress, signal }: InstallOptions,
) {
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
