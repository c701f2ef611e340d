import { AccountOutcomeKind } from '../model/run.ts';
import type { AccountOutcome, RunResult, SourceTitles } from '../model/run.ts';
import { excerpt, printable } from '../text/printable.ts';

const RULE = '='.repeat(60);
const MESSAGE_LENGTH = 500;

/** A run and the titles of its sources, which the texts name. */
type Titled = RunResult & { titles: SourceTitles };

/**
 * The documented summary of a run that went to its end: plain text, lines separated by `\n`, none at the end. With several
 * sources, each scan has a line of its own that names its source.
 */
export function executionSummary(run: RunResult, titles: SourceTitles): string {
  const titled = { ...run, titles };
  const title = `${runnerTitle(run, titles).toUpperCase()} EXECUTION SUMMARY`;
  return framed(title, run, totalAndCounts(run), sections(titled));
}

/**
 * The documented summary of a run that was interrupted. Several accounts at a time have the documented layout of
 * their own: one list of everything attempted.
 */
export function interruptedSummary(run: RunResult & { concurrency: number }, titles: SourceTitles): string {
  const titled = { ...run, titles };
  const title = 'INTERRUPTED EXECUTION SUMMARY';
  if (run.concurrency <= 1) return framed(title, run, totalAndCounts(run), sections(titled));
  const attempted = run.accounts.filter(({ outcome }) => outcome !== AccountOutcomeKind.Skipped);
  const completed = attempted.filter(({ outcome }) => outcome !== AccountOutcomeKind.Interrupted);
  const totals = [`Attempted ${nounOf(run)}: ${attempted.length}`, `Total Completed: ${completed.length}`];
  return framed(
    title,
    run,
    [...totals, ...counts(run)],
    [
      section(titled, `ATTEMPTED ${nounOf(run)}`, attempted),
      section(titled, `SKIPPED ${nounOf(run)}`, having(run, AccountOutcomeKind.Skipped)),
    ],
  );
}

/** The summary that fits how the run ended. */
export function runSummaryText(run: RunResult & { concurrency: number }, titles: SourceTitles): string {
  return run.status === 'interrupted' ? interruptedSummary(run, titles) : executionSummary(run, titles);
}

/** What ran: `Checks Runner`, or `vedette Runner` with several sources. */
export function runnerTitle({ sources }: Pick<RunResult, 'sources'>, titles: SourceTitles): string {
  const [only = ''] = sources;
  return `${hasSeveral({ sources }) ? 'vedette' : (titles[only] ?? only)} Runner`;
}

/** Whether accounts alone do not tell the scans of a run apart. */
export function hasSeveral({ sources }: Pick<RunResult, 'sources'>): boolean {
  return sources.length > 1;
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
  return [`Total ${nounOf(run)}: ${run.accounts.length}`, ...counts(run)];
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

function nounOf(run: RunResult): string {
  return hasSeveral(run) ? 'Scans' : 'Profiles';
}

function sections(run: Titled): string[] {
  const noun = nounOf(run);
  return [
    section(run, `SUCCESSFUL ${noun}`, having(run, AccountOutcomeKind.Success)),
    section(run, 'FAILED SCANS', having(run, AccountOutcomeKind.FailedScan)),
    section(run, 'FAILED PARSING', having(run, AccountOutcomeKind.FailedParsing)),
    section(run, 'FAILED PROCESSING', having(run, AccountOutcomeKind.Failed)),
    section(run, `INTERRUPTED ${noun}`, having(run, AccountOutcomeKind.Interrupted)),
    section(run, `SKIPPED ${noun}`, having(run, AccountOutcomeKind.Skipped)),
  ];
}

function having(run: RunResult, kind: AccountOutcomeKind): AccountOutcome[] {
  return run.accounts.filter(({ outcome }) => outcome === kind);
}

/** Empty when there is nothing to list. */
function section(run: Titled, title: string, accounts: readonly AccountOutcome[]): string {
  return accounts.length === 0
    ? ''
    : [`${title.toUpperCase()}:`, ...accounts.map((account) => `  ${accountLine(run, account)}`)].join('\n');
}

function accountLine(run: Titled, account: AccountOutcome): string {
  const { outcome, stage, source } = account;
  const title = hasSeveral(run) ? ` [${printable(run.titles[source] ?? source)}]` : '';
  const profile = `${printable(account.profile)}${title}`;
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
