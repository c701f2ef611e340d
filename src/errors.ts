import type { FailureReport, FailureType } from './model/failure.ts';

/** Exit codes of the command line. */
export const ExitCode = {
  Done: 0,
  Failed: 1,
  Usage: 2,
  LevelReached: 3,
  Credentials: 4,
  SomeFailed: 5,
  NothingToScan: 6,
  Interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

interface FailureKind {
  /** What to do about it when the place that throws knows nothing better. */
  remedy: string;
  /** Whether the same step can succeed later without anybody changing anything. */
  retryable: boolean;
  exitCode: ExitCode;
}

const failed = ExitCode.Failed;

/** Every known kind of failure; also the table in `docs/reference/errors.md`. */
export const failureKinds: Readonly<Record<FailureType, FailureKind>> = {
  unexpected: {
    remedy: 'Run the command again with --debug and report what it prints.',
    retryable: true,
    exitCode: failed,
  },
  usage: { remedy: 'See vedette --help.', retryable: false, exitCode: ExitCode.Usage },
  'config-invalid': {
    remedy: 'Correct the named setting; vedette config show tells where each value comes from.',
    retryable: false,
    exitCode: ExitCode.Usage,
  },
  'nothing-to-scan': {
    remedy:
      'Add a profile to the AWS configuration, or an account (vedette account add); or name another one.',
    retryable: false,
    exitCode: ExitCode.NothingToScan,
  },
  'account-unknown': {
    remedy: 'vedette profiles list and vedette account list show the accounts that can be named.',
    retryable: false,
    exitCode: ExitCode.Usage,
  },
  'account-busy': {
    remedy: 'Wait for the run that scans it (vedette scan list), then run vedette scan retry.',
    retryable: false,
    exitCode: failed,
  },
  credentials: {
    remedy: 'Check the credentials of the profile (vedette doctor), or sign in again (aws sso login).',
    retryable: false,
    exitCode: ExitCode.Credentials,
  },
  'aws-unreachable': {
    remedy:
      'Check the network and the endpoint; what the service would have told stays unknown until it answers.',
    retryable: true,
    exitCode: failed,
  },
  'aws-call-refused': {
    remedy: 'Nothing was changed. Report it: a collector calls what it has not declared.',
    retryable: false,
    exitCode: failed,
  },
  'scanner-missing': { remedy: 'Run vedette setup.', retryable: false, exitCode: failed },
  'scanner-failed': {
    remedy: "Read the scanner's last lines; vedette doctor checks its environment.",
    retryable: true,
    exitCode: failed,
  },
  'scanner-timed-out': {
    remedy: 'Raise VEDETTE_SCAN_TIMEOUT, or scan fewer services and regions at once.',
    retryable: false,
    exitCode: failed,
  },
  'scan-empty': {
    remedy: 'Check the names given to --services and --regions: the scanner ignores unknown ones.',
    retryable: false,
    exitCode: failed,
  },
  'scan-mismatch': {
    remedy: 'Check which account the profile signs in to, and the clock of the machine that scans.',
    retryable: false,
    exitCode: failed,
  },
  'results-missing': {
    remedy: 'Name a results file, or a folder that holds results.',
    retryable: false,
    exitCode: failed,
  },
  'results-invalid': {
    remedy: 'Give the complete results file of a finished scan, or scan again.',
    retryable: false,
    exitCode: failed,
  },
  'artifact-lost': {
    remedy: 'The account is scanned again; keep VEDETTE_HOME on a disk that lasts.',
    retryable: false,
    exitCode: failed,
  },
  'artifacts-unreachable': {
    remedy: 'Check the network and AWS_REGION; the step is tried again until S3 answers.',
    retryable: true,
    exitCode: failed,
  },
  'artifacts-refused': {
    remedy: "Check VEDETTE_ARTIFACTS, VEDETTE_ARTIFACTS_KMS_KEY and the worker's permissions on both.",
    retryable: false,
    exitCode: ExitCode.Credentials,
  },
  'disk-full': {
    remedy: 'Free space on the disk that holds VEDETTE_HOME, or set VEDETTE_HOME elsewhere.',
    retryable: true,
    exitCode: failed,
  },
  'database-unreachable': {
    remedy: 'Check that the server runs and DB_HOST, DB_PORT and the firewall; vedette doctor tests it.',
    retryable: true,
    exitCode: failed,
  },
  'database-refused': {
    remedy: 'Check DB_USER, DB_PASSWORD, DB_NAME, the grants, and DB_SSL_*; vedette doctor tests them.',
    retryable: false,
    exitCode: failed,
  },
  'database-read-only': {
    remedy:
      'Name the primary in DB_HOST, not a replica. While another server takes over, the step is tried again by itself.',
    retryable: true,
    exitCode: failed,
  },
  'database-busy': {
    remedy: 'Another vedette writes the same account; it goes on by itself, or try again.',
    retryable: true,
    exitCode: failed,
  },
  'mail-unreachable': {
    remedy: 'Check SMTP_HOST, SMTP_PORT and SMTP_USE_TLS; vedette notify test tries them.',
    retryable: true,
    exitCode: failed,
  },
  'mail-refused': {
    remedy: 'Check SMTP_USER, SMTP_PASSWORD, the sender and the recipients; vedette notify test tries them.',
    retryable: false,
    exitCode: failed,
  },
  'channel-unreachable': {
    remedy: 'Check the network and what receives the messages; vedette notify test --channel tries it.',
    retryable: true,
    exitCode: failed,
  },
  'channel-refused': {
    remedy: 'Check the VEDETTE_…_WEBHOOK_URL of the channel; vedette notify test --channel tries it.',
    retryable: false,
    exitCode: failed,
  },
  'provider-unreachable': {
    remedy: 'Sign in another way, or later; check the network and VEDETTE_SIGN_IN_PROVIDERS.',
    retryable: true,
    exitCode: failed,
  },
  'temporal-missing': {
    remedy:
      'Set TEMPORAL_ADDRESS to a Temporal server, put the temporal CLI on PATH, or install Go so that it can be built.',
    retryable: false,
    exitCode: failed,
  },
  'temporal-unreachable': {
    remedy: 'Check TEMPORAL_ADDRESS and its TLS settings, or unset it to use the embedded server.',
    retryable: true,
    exitCode: failed,
  },
  'stack-failed': {
    remedy: 'Read the named log file; vedette doctor checks the parts.',
    retryable: true,
    exitCode: failed,
  },
  'python-missing': {
    remedy: 'Install Python 3.10 to 3.13 with its venv module.',
    retryable: false,
    exitCode: failed,
  },
  'setup-failed': {
    remedy: 'Read what the installer printed above; run vedette setup again when it is mended.',
    retryable: false,
    exitCode: failed,
  },
  'not-found': { remedy: 'Check the identifier.', retryable: false, exitCode: failed },
  unauthenticated: {
    remedy: 'Sign in again (vedette token link), or send a token that is in force (vedette token create).',
    retryable: false,
    exitCode: ExitCode.Credentials,
  },
  'second-factor-required': {
    remedy: 'Send the six digits of the authenticator app, or a recovery code, along with the password.',
    retryable: false,
    exitCode: ExitCode.Credentials,
  },
  forbidden: {
    remedy: 'Use a token of a wider scope: vedette token create --scope operate or admin.',
    retryable: false,
    exitCode: ExitCode.Credentials,
  },
  'too-many-requests': {
    remedy: 'Wait as long as Retry-After says, then go on more slowly.',
    retryable: true,
    exitCode: failed,
  },
  'plan-required': {
    remedy: 'Take a plan that has it, or ask those who run this installation.',
    retryable: false,
    exitCode: failed,
  },
  'plan-limit': {
    remedy: 'Take a larger plan, or remove what is no longer needed.',
    retryable: false,
    exitCode: failed,
  },
};

export interface FailureOptions {
  /** Better than the table's, where the place that throws knows more. */
  remedy?: string;
  cause?: unknown;
  exitCode?: number;
  lastLines?: readonly string[];
}

/** A failure that vedette knows: it names the thing, and says what to do. The only class our code throws. */
export class VedetteError extends Error {
  override readonly name = 'VedetteError';
  readonly type: FailureType;
  readonly remedy: string;
  /** Exit code of the scanner, where it was the scanner that failed. */
  readonly exitCode: number | undefined;
  /** Last lines of the scanner's output. */
  readonly lastLines: readonly string[] | undefined;

  constructor(type: FailureType, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.type = type;
    this.remedy = options.remedy ?? failureKinds[type].remedy;
    this.exitCode = options.exitCode;
    this.lastLines = options.lastLines;
  }
}

/** Any thrown value as data; what is not ours is `unexpected`, with its own message. */
export function reportOf(thrown: unknown): FailureReport {
  if (thrown instanceof VedetteError) {
    return { type: thrown.type, message: thrown.message, remedy: thrown.remedy };
  }
  const message = thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  return { type: 'unexpected', message, remedy: failureKinds.unexpected.remedy };
}

export function exitCodeOf(thrown: unknown): ExitCode {
  return thrown instanceof VedetteError ? failureKinds[thrown.type].exitCode : ExitCode.Failed;
}
