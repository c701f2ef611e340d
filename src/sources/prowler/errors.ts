import { VedetteError } from '../../errors.ts';

/** What to do about a file that is no result of Prowler. */
export const RESULTS_REMEDY =
  'Name the prowler-output-*.ocsf.json file of a finished scan, or the .csv file beside it.';

/** What to do about a file that is not whole. */
export const DAMAGED_REMEDY = 'Copy the whole file again, or scan again: this one is damaged.';

const MOST_NAMED = 10;

/** @throws nothing; the error names the file and what is wrong with its content. */
export function invalid(file: string, problem: string, remedy: string = DAMAGED_REMEDY): VedetteError {
  return new VedetteError('results-invalid', `${file} ${problem}.`, { remedy });
}

export function unreadable(file: string, cause: unknown): VedetteError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new VedetteError('results-missing', `${file} does not exist.`, { cause, remedy: RESULTS_REMEDY });
  }
  const remedy = 'Check the permissions of the file and its folder.';
  return new VedetteError('results-missing', `${file} cannot be read (${code}).`, { cause, remedy });
}

/** One file is one scan of one account; Prowler itself writes no others, but people join files. */
export function severalAccounts(file: string, accounts: readonly string[]): VedetteError {
  const named = accounts.slice(0, MOST_NAMED).join(', ');
  const more = accounts.length > MOST_NAMED ? ` and ${accounts.length - MOST_NAMED} more` : '';
  return invalid(
    file,
    `holds results of ${accounts.length} accounts: ${named}${more}`,
    'Import the file of each account by itself. Where there is only the joined one, divide it: ' +
      `jq '[.[] | select(.cloud.account.uid == "${accounts[0]}")]' makes the file of one account.`,
  );
}
