import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { TargetAccess } from '../../accounts/access.ts';
import { VedetteError } from '../../errors.ts';
import { childEnvironment } from '../../processes/environment.ts';
import { runProcess } from '../../processes/run-process.ts';
import type { ProcessResult } from '../../processes/run-process.ts';
import { readRegularFile } from '../../regular-file.ts';
import type { WorkContext } from '../../work-context.ts';
import type { Collected, CollectInput } from '../source.ts';
import { checkResults } from './check-results.ts';
import { scopeProblem } from './check-scope.ts';
import { cannotStart, EXIT_WITH_WARNINGS, meaningOf, scannerFailure, scannerKilled } from './errors.ts';
import { endOrphan, forgetScanner, rememberScanner } from './orphan.ts';
import { scoutCommand } from './program.ts';
import { steadyProgress } from './progress.ts';
import { redactSecrets } from './redact.ts';
import { companionNames } from './results/companions.ts';
import type { scoutsuiteSettings } from './settings.ts';

type ScoutSuiteInput = CollectInput<typeof scoutsuiteSettings>;

/** Fixed, so that the names of the files do not depend on what a profile is called. */
const REPORT_NAME = 'scan';
const KEPT_LINES = 20;

/**
 * Scans one account with `scout aws` into a fresh folder.
 *
 * The scanner never asks anything, sees no other secret than those of AWS, and is gone with its process group when this
 * returns or throws, also when the signal is aborted. What a wrapper around it has put into a session of its own, such as
 * an agent for credentials, stays. Exit code 200, a report with logged errors, is a scan.
 *
 * @throws VedetteError of the types `scanner-…`, `credentials`, `scan-…`, `results-…`, `disk-full` or `config-invalid`;
 *   the signal's reason when it is aborted.
 */
export async function collectWithScoutSuite(
  input: ScoutSuiteInput,
  context: WorkContext,
): Promise<Collected> {
  const { settings, target, access, options, folder } = input;
  const problem = scopeProblem(options);
  if (problem !== null) throw new VedetteError('scan-empty', problem.message, { remedy: problem.remedy });
  const command = await scoutCommand(input);
  const args = ['aws', ...scanArguments({ ...input, profile: input.access.profile })];

  await endOrphan(folder);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });

  const environment = {
    ...childEnvironment(),
    ...(await access.environment(folder)),
    PYTHONUNBUFFERED: '1',
  };
  const lines: string[] = [];
  const progress = steadyProgress(context.onProgress);
  // To the second, as the results tell it.
  const startedAt = Math.floor(Date.now() / 1000) * 1000;
  let forget = async (): Promise<void> => undefined;
  let result: ProcessResult;
  try {
    result = await runProcess(command, args, {
      environment,
      signal: context.signal,
      timeoutMs: settings.timeoutMs,
      onStart: (pid) => {
        const remembered = rememberScanner(folder, pid);
        forget = () => remembered.then(() => forgetScanner(folder, pid));
      },
      onLine: (output) => {
        const line = redactSecrets(output);
        lines.push(line);
        if (lines.length > KEPT_LINES) lines.shift();
        progress.say(meaningOf(line));
      },
    });
  } finally {
    progress.stop();
    await forget();
  }

  const exitCode = exitCodeOf(command, result, {
    access,
    lines,
    timeoutMs: settings.timeoutMs,
  });
  const file = join(folder, 'scoutsuite-results', `scoutsuite_results_${REPORT_NAME}.js`);
  const accountId = await checkResults(file, { target, options, startedAt }, context);
  const companions = companionNames(REPORT_NAME).map((name) => join(dirname(file), name));
  return { file, companions: companions.filter((companion) => existsSync(companion)), accountId, exitCode };
}

/** @throws VedetteError when the scanner did not end with a report. */
function exitCodeOf(
  command: string,
  { startError, timedOut, endedBy, exitCode }: ProcessResult,
  { access, lines, timeoutMs }: { access: TargetAccess; lines: readonly string[]; timeoutMs: number },
): number {
  if (startError !== undefined) throw cannotStart(command, startError);
  if (timedOut) {
    const last = lines.at(-1);
    const message = `the scan took longer than ${Math.round(timeoutMs / 1000)} s and was ended`;
    throw new VedetteError(
      'scanner-timed-out',
      last === undefined ? message : `${message}: ${meaningOf(last)}`,
      {
        lastLines: lines,
      },
    );
  }
  if (exitCode === null) throw scannerKilled(endedBy ?? 'a signal', lines);
  if (exitCode !== 0 && exitCode !== EXIT_WITH_WARNINGS) throw scannerFailure(access, exitCode, lines);
  return exitCode;
}

/** @throws VedetteError `config-invalid` for a ruleset that cannot be read */
export function scanArguments({
  settings,
  profile,
  options,
  folder,
}: Pick<ScoutSuiteInput, 'settings' | 'options' | 'folder'> & { profile: string | null }): string[] {
  const { maxWorkers, ruleset } = settings;
  const args = [`--report-dir=${folder}`, `--report-name=${REPORT_NAME}`];
  // `=` where the value is somebody else's text: a profile may be called `-x`.
  if (profile !== null) args.push(`--profile=${profile}`);
  args.push('--no-browser', '--force', '--max-workers', String(maxWorkers));
  if (ruleset !== undefined) args.push(`--ruleset=${rulesetFile(ruleset)}`);
  if (options.services.length > 0) args.push('--services', ...options.services);
  if (options.regions.length > 0) args.push('--regions', ...options.regions);
  return args;
}

/**
 * ScoutSuite itself scans on without rules when the file is missing, and fails at the very end; a pipe it would wait for, and a
 * device it would read without end.
 */
function rulesetFile(ruleset: string): string {
  const file = resolve(ruleset);
  readRegularFile(file, { setting: 'VEDETTE_SCOUT_RULESET' });
  return file;
}
