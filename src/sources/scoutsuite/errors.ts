import type { TargetAccess } from '../../accounts/access.ts';
import { VedetteError } from '../../errors.ts';
import type { FailureType } from '../../model/failure.ts';

/** Exit code with which `scout` says that the report is written, but errors were logged. */
export const EXIT_WITH_WARNINGS = 200;

/** What to do about a file that is not the report of ScoutSuite. */
export const RESULTS_REMEDY =
  "Name the scoutsuite_results_*.js file in the report's scoutsuite-results folder.";

/** What to do about a report that is not whole. */
export const COMPLETE_REMEDY =
  'Give the complete scoutsuite_results_*.js file of a finished scan, or scan again.';

interface KnownFailure {
  /** What a line of the log says. */
  pattern: RegExp;
  type: FailureType;
  remedy?: string;
  /** Where the line itself reads badly. */
  message?: string;
}

/** Known failures by what the log says, the most telling first. */
const knownFailures: readonly KnownFailure[] = [
  { pattern: /no space left on device|errno 28/i, type: 'disk-full' },
  {
    pattern: /config profile .* could not be found/i,
    type: 'credentials',
    remedy: 'vedette profiles list shows the profiles; AWS_CONFIG_FILE names another configuration.',
  },
  {
    pattern:
      /Authentication failure:.*(?:Could not connect|Connect timeout|EndpointConnection|ProxyConnection|Name or service)/i,
    type: 'scanner-failed',
    remedy:
      'Check the network and the proxy (HTTPS_PROXY) of the machine that scans, and the endpoint of the profile.',
  },
  {
    pattern: /Enter MFA code for/i,
    type: 'credentials',
    message: 'Authentication failure: the profile asks for an MFA code',
  },
  { pattern: /Authentication failure/i, type: 'credentials' },
  {
    pattern: /unrecognized arguments|invalid choice|the following arguments are required/i,
    type: 'config-invalid',
    remedy: 'VEDETTE_SCOUT_COMMAND must name ScoutSuite 5.14 or one with the same options.',
  },
  {
    pattern: /MemoryError|Cannot allocate memory/i,
    type: 'scanner-failed',
    remedy: 'Scan fewer services, regions or accounts at once, or give the machine more memory.',
  },
];

/** What the exit code alone tells, where the log is silent. */
const exitReasons: Readonly<Record<number, { type: FailureType; reason: string }>> = {
  2: { type: 'config-invalid', reason: 'the scanner did not understand its command line' },
  101: { type: 'credentials', reason: 'Authentication failure' },
  102: { type: 'scanner-failed', reason: 'Initialization failure' },
  103: { type: 'scanner-failed', reason: 'Report initialization failure' },
  104: { type: 'scanner-failed', reason: 'Unhandled exception thrown while gathering data' },
  105: { type: 'scanner-failed', reason: 'Failure while running pre-processing engine' },
  106: { type: 'scanner-failed', reason: 'Failure while running rule engine' },
  107: { type: 'scanner-failed', reason: 'Failure while applying display filters' },
  108: { type: 'scanner-failed', reason: 'Failure while running post-processing engine' },
  109: { type: 'scanner-failed', reason: 'Failure while generating HTML report' },
};

const OUT_OF_MEMORY =
  'The system ends a scanner that takes too much memory: scan fewer services, regions or accounts at once.';

/** The failure that an exit code and the last lines of the output stand for, of a scanner that had this access. */
export function scannerFailure(
  { explain }: Pick<TargetAccess, 'explain'>,
  exitCode: number,
  lastLines: readonly string[],
): VedetteError {
  const known = knownFailures.find(({ pattern }) => lastLines.some((line) => pattern.test(line)));
  const byCode = exitReasons[exitCode];
  const telling = known === undefined ? undefined : lastLines.findLast((line) => known.pattern.test(line));
  const lastError = telling ?? lastLines.findLast((line) => /\b(?:ERROR|CRITICAL)\b|^\w*Error:/.test(line));
  const message =
    known?.message ??
    (lastError && meaningOf(lastError)) ??
    byCode?.reason ??
    meaningOf(lastLines.at(-1) ?? 'the scanner said nothing');
  const type = known?.type ?? byCode?.type ?? 'scanner-failed';
  const remedy = known?.remedy ?? (type === 'credentials' ? explain(new Error(message)).remedy : undefined);
  return new VedetteError(type, message, {
    exitCode,
    lastLines,
    ...(remedy === undefined ? {} : { remedy }),
  });
}

/** The failure of a scanner that a signal ended which was not ours. */
export function scannerKilled(signalName: string, lastLines: readonly string[]): VedetteError {
  return new VedetteError('scanner-failed', `the scanner was ended by ${signalName}`, {
    lastLines,
    ...(signalName === 'SIGKILL' ? { remedy: OUT_OF_MEMORY } : {}),
  });
}

/** A line of ScoutSuite's log without time, host, level and place in the code. */
export function meaningOf(line: string): string {
  return line
    .replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:,\d+)? \S+ scout\[\d+\] /, '')
    .replace(/^(?:DEBUG|INFO|WARNING|ERROR|CRITICAL) /, '')
    .replace(/^\S+\.py L\d+: /, '')
    .trim();
}

export function cannotStart(command: string, cause: NodeJS.ErrnoException): VedetteError {
  const reason = cause.code === 'ENOENT' ? 'there is no such program' : cause.message;
  return new VedetteError('scanner-missing', `${command} cannot be started: ${reason}.`, { cause });
}
