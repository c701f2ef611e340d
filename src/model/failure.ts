/** The kinds of failure that vedette knows; `errors.ts` says of each what to do and which exit code it has. */
export const FAILURE_TYPES = [
  'unexpected',
  'usage',
  'config-invalid',
  'nothing-to-scan',
  'account-unknown',
  'account-busy',
  'credentials',
  'aws-unreachable',
  'aws-call-refused',
  'scanner-missing',
  'scanner-failed',
  'scanner-timed-out',
  'scan-empty',
  'scan-mismatch',
  'results-missing',
  'results-invalid',
  'artifact-lost',
  'artifacts-unreachable',
  'artifacts-refused',
  'disk-full',
  'database-unreachable',
  'database-refused',
  'database-read-only',
  'database-busy',
  'mail-unreachable',
  'mail-refused',
  'channel-unreachable',
  'channel-refused',
  'provider-unreachable',
  'temporal-missing',
  'temporal-unreachable',
  'stack-failed',
  'python-missing',
  'setup-failed',
  'not-found',
  'unauthenticated',
  'second-factor-required',
  'forbidden',
  'too-many-requests',
  'plan-required',
  'plan-limit',
] as const;
export type FailureType = (typeof FAILURE_TYPES)[number];

/** A failure as data: what JSON output, workflow results and e-mails carry. */
export interface FailureReport {
  type: FailureType;
  message: string;
  remedy: string;
}
