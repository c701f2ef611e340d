import { VedetteError } from '../../errors.ts';
import { childEnvironment } from '../../processes/environment.ts';
import { runProcess } from '../../processes/run-process.ts';
import type { SourceConfig } from '../source.ts';
import { cannotStart } from './errors.ts';
import { scoutCommand } from './program.ts';
import type { scoutsuiteSettings } from './settings.ts';

/** @throws VedetteError `scanner-missing` or `scanner-failed` when the scanner does not answer. */
export async function checkScoutSuite(
  own: SourceConfig<typeof scoutsuiteSettings>,
  { signal }: { signal: AbortSignal },
): Promise<string> {
  const command = await scoutCommand(own);
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
  return `ScoutSuite ${version} (${command})`;
}
