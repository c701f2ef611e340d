import { VedetteError } from '../../../../errors.ts';

export interface AccessKeyUse {
  /** As the report counts them: 1 or 2. */
  number: number;
  active: boolean;
  /** ISO 8601 in UTC; null when it never was. */
  lastRotated: string | null;
  lastUsed: string | null;
}

/** One user of IAM's credential report. */
export interface CredentialReportRow {
  id: string;
  name: string;
  isRoot: boolean;
  createdAt: string | null;
  passwordEnabled: boolean;
  passwordLastUsed: string | null;
  passwordLastChanged: string | null;
  mfaActive: boolean;
  keys: readonly AccessKeyUse[];
  /** Signing certificates that are active. */
  activeCertificates: number;
}

/**
 * Reads the report, which is CSV without quotes. Names and paths may hold commas; nothing behind them does.
 *
 * @throws VedetteError `results-invalid` where it has not the columns that AWS documents
 */
export function parseCredentialReport(csv: string): CredentialReportRow[] {
  const [head = '', ...lines] = csv.split(/\r?\n/).filter((line) => line !== '');
  const columns = head.split(',');
  if (!columns.includes('arn') || !columns.includes('mfa_active')) {
    throw new VedetteError(
      'results-invalid',
      'The credential report of IAM has no columns arn and mfa_active.',
    );
  }
  return lines.map((line) => {
    const values = fieldsOf(line, columns.length);
    const at = (name: string): string => values[columns.indexOf(name)] ?? '';
    return {
      id: at('arn'),
      name: at('user'),
      isRoot: at('user') === '<root_account>',
      createdAt: timeOf(at('user_creation_time')),
      passwordEnabled: at('password_enabled') === 'true',
      passwordLastUsed: timeOf(at('password_last_used')),
      passwordLastChanged: timeOf(at('password_last_changed')),
      mfaActive: at('mfa_active') === 'true',
      keys: [1, 2].map((number) => ({
        number,
        active: at(`access_key_${number}_active`) === 'true',
        lastRotated: timeOf(at(`access_key_${number}_last_rotated`)),
        lastUsed: timeOf(at(`access_key_${number}_last_used_date`)),
      })),
      activeCertificates: [1, 2].filter((number) => at(`cert_${number}_active`) === 'true').length,
    };
  });
}

/** The first two fields are the name and the ARN, which begins with `arn:`; commas that are too many are theirs. */
function fieldsOf(line: string, count: number): string[] {
  const values = line.split(',');
  const rest = values.slice(2 + values.length - count);
  const [, name = values[0] ?? '', arn = values[1] ?? ''] =
    /^(.*?),(arn:.*)$/.exec(values.slice(0, values.length - rest.length).join(',')) ?? [];
  return [name, arn, ...rest];
}

/** The report says `N/A`, `no_information` and `not_supported` where there is no time. */
function timeOf(text: string): string | null {
  const time = new Date(text);
  return /^\d{4}-/.test(text) && !Number.isNaN(time.getTime()) ? time.toISOString() : null;
}
