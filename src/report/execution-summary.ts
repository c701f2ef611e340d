import { AccountOutcomeKind } from '../model/run.ts';
import type { AccountOutcome, RunResult } from '../model/run.ts';
import { excerpt, printable } from '../text/printable.ts';

const RULE = '='.repeat(60);
const MESSAGE_LENGTH = 500;

/** The documented summary of a run that went to its end: plain text, lines separated by `\n`, none at the end. */
export function executionSummary(run: RunResult): string {
  return framed('SCOUTSUITE RUNNER EXECUTION SUMMARY', run, totalAndCounts(run), sections(run));
}

/**
 * The documented summary of a run that was interrupted. Several accounts at a time have the documented layout of
 * their own: one list of everything attempted.
 */
export function interruptedSummary(run: RunResult, { concurrency }: { concurrency: number }): string {
  const title = 'INTERRUPTED EXECUTION SUMMARY';
  if (concurrency <= 1) return framed(title, run, totalAndCounts(run), sections(run));
  const attempted = run.accounts.filter(({ outcome }) => outcome !== AccountOutcomeKind.Skipped);
  const completed = attempted.filter(({ outcome }) => outcome !== AccountOutcomeKind.Interrupted);
  const totals = [`Attempted Profiles: ${attempted.length}`, `Total Completed: ${completed.length}`];
  return framed(
    title,
    run,
    [...totals, ...counts(run)],
    [
      section('ATTEMPTED PROFILES', attempted),
      section('SKIPPED PROFILES', having(run, AccountOutcomeKind.Skipped)),
    ],
  );
}

/** The summary that fits how the run ended. */
export function runSummaryText(run: RunResult & { concurrency: number }): string {
  return run.status === 'interrupted' ? interruptedSummary(run, run) : executionSummary(run);
}

/** An ISO 8601 time as `YYYY-MM-DD HH:MM:SS`, in UTC. */
export function summaryTime(iso: string): string {
  return new Date(iso).toISOString().slice(0, 19).replace('T', ' ');
}

function framed(title: string, run: RunResult, totals: readonly string[], body: readonly string[]): string {
  const head = [RULE, title, RULE, `Execution Time: ${summaryTime(run.endedAt)}`, ...totals].join('\n');
  return `${[head, ...body.filter((part) => part !== '')].join('\n\n')}\n${RULE}`;
}

function totalAndCounts(run: RunResult): string[] {
  return [`Total Profiles: ${run.accounts.length}`, ...counts(run)];
}

/** The documented three counts always; those the document does not know only when there is something to count. */
function counts(run: RunResult): string[] {
  const documented = [
    counted('Successful', run, AccountOutcomeKind.Success),
    counted('Failed Scans', run, AccountOutcomeKind.FailedScan),
    counted('Failed Parsing', run, AccountOutcomeKind.FailedParsing),
  ];
  const others = [
    counted('Failed Processing', run, AccountOutcomeKind.Failed),
    counted('Skipped', run, AccountOutcomeKind.Skipped),
  ];
  return [...documented, ...others.filter(({ count }) => count > 0)].map(
    ({ name, count }) => `${name}: ${count}`,
  );
}

function counted(name: string, run: RunResult, kind: AccountOutcomeKind): { name: string; count: number } {
  return { name, count: having(run, kind).length };
}

function sections(run: RunResult): string[] {
  return [
    section('SUCCESSFUL PROFILES', having(run, AccountOutcomeKind.Success)),
    section('FAILED SCANS', having(run, AccountOutcomeKind.FailedScan)),
    section('FAILED PARSING', having(run, AccountOutcomeKind.FailedParsing)),
    section('FAILED PROCESSING', having(run, AccountOutcomeKind.Failed)),
    section('INTERRUPTED PROFILES', having(run, AccountOutcomeKind.Interrupted)),
    section('SKIPPED PROFILES', having(run, AccountOutcomeKind.Skipped)),
  ];
}

function having(run: RunResult, kind: AccountOutcomeKind): AccountOutcome[] {
  return run.accounts.filter(({ outcome }) => outcome === kind);
}

/** Empty when there is nothing to list. */
function section(title: string, accounts: readonly AccountOutcome[]): string {
  return accounts.length === 0
    ? ''
    : [`${title}:`, ...accounts.map((account) => `  ${accountLine(account)}`)].join('\n');
}

function accountLine(account: AccountOutcome): string {
  const { outcome, stage } = account;
  const profile = printable(account.profile);
  if (outcome === AccountOutcomeKind.Success) return `✓ ${profile}`;
  if (outcome === AccountOutcomeKind.Interrupted) return `⏸ ${profile} (interrupted)`;
  if (outcome === AccountOutcomeKind.Skipped) return `- ${profile}: ${reason(account)}`;
  const where = outcome === AccountOutcomeKind.Failed && stage !== null ? `${stage}: ` : '';
  return `✗ ${profile}: ${where}${reason(account)}`;
}

function reason({ error }: AccountOutcome): string {
  if (error === null) return 'no reason recorded';
  const exitCode = error.exitCode === undefined ? '' : `Exit code ${error.exitCode}: `;
  return exitCode + excerpt(error.message, MESSAGE_LENGTH);
}
