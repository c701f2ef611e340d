import { VedetteError } from '../../errors.ts';
import type { ScopeProblem } from '../source.ts';

export function refused({ message, remedy }: ScopeProblem): VedetteError {
  return new VedetteError('usage', message, { remedy });
}

export function nothingChosen(): VedetteError {
  return new VedetteError('scan-empty', 'No check is of everything that was asked for.', {
    remedy: 'vedette check list shows the services, depths and frameworks of the checks.',
  });
}

/** @param problems each with its file and line */
export function invalidOwnCheck(problems: readonly string[]): VedetteError {
  return new VedetteError(
    'config-invalid',
    `Checks of your own are not well declared: ${problems.join('; ')}.`,
    {
      remedy: 'docs/adding/check.md says what can be declared, with an example.',
    },
  );
}

export function invalidThreshold(problem: string): VedetteError {
  return new VedetteError('config-invalid', `A threshold is not valid: ${problem}.`, {
    remedy:
      'checks.parameters in vedette.yaml has thresholds by check and name; vedette check show ID tells them.',
  });
}

/** @throws VedetteError `scan-mismatch` for a snapshot of another account */
export function assertAccount(file: string, expected: string, found: string): void {
  if (expected === found) return;
  throw new VedetteError('scan-mismatch', `${file} is of account ${found}, not of ${expected}.`);
}
