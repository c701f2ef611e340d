import { VedetteError } from '../../errors.ts';

export function unknownNames(what: string, names: readonly string[], known: readonly string[]): VedetteError {
  return new VedetteError(
    'usage',
    `There is no ${what} ${names.map((name) => JSON.stringify(name)).join(', ')}.`,
    {
      remedy: known.length > 40 ? 'vedette check list shows all of them.' : `There are: ${known.join(', ')}.`,
    },
  );
}

export function nothingChosen(): VedetteError {
  return new VedetteError('scan-empty', 'No check is of everything that was asked for.', {
    remedy: 'vedette check list shows the services, depths and frameworks of the checks.',
  });
}

export function ownChecksUnreadable(path: string, cause: unknown): VedetteError {
  const { code = 'unknown reason' } = cause as NodeJS.ErrnoException;
  return new VedetteError('config-invalid', `${path} with checks of your own cannot be read (${code}).`, {
    cause,
    remedy: 'VEDETTE_CHECKS_FOLDER (checks.folder) names the folder.',
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
