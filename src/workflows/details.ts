import { boundedFailure, boundedScan, LIMITS, shortened } from '../model/limits.ts';
import { batchProgressText } from '../model/pipeline.ts';
import type { BatchProgress } from '../model/pipeline.ts';
import { AccountOutcomeKind } from '../model/run.ts';
import type { AccountFailure, AccountOutcome, RunResult, Stage } from '../model/run.ts';
import type { ScanOutcome } from '../model/scan.ts';

/** What Temporal's UI shows as the current details of a workflow, in Markdown. */
type Markdown = string;

const MOST_ACCOUNTS = 100;
/** Bytes of what is told of one of them. */
const ACCOUNT_LINE = LIMITS.details / MOST_ACCOUNTS;

/** A run under way, or with its status one that has ended. Scans that succeeded are only counted. */
export function runDetailsText(
  accounts: readonly (AccountOutcome | undefined)[],
  { sources, status }: { sources: readonly string[]; status?: RunResult['status'] },
): Markdown {
  const several = sources.length > 1;
  const ended = accounts.filter((account) => account !== undefined);
  const others = ended.filter(({ outcome }) => outcome !== AccountOutcomeKind.Success);
  const count = `${ended.length - others.length} of ${accounts.length} ${several ? 'scans' : 'accounts'} successful, ${others.length} not`;
  const lines = others.slice(0, MOST_ACCOUNTS).map((account) => accountLine(account, several));
  if (others.length > lines.length) lines.push(`- … and ${others.length - lines.length} more`);
  return [`**${status === undefined ? 'So far' : capital(status)}:** ${count}`, '', ...lines].join('\n');
}

function accountLine({ profile, source, outcome, error }: AccountOutcome, several: boolean): Markdown {
  const what = `- ${literal(profile)}${several ? ` · ${source}` : ''}: ${outcome}`;
  if (error === null) return what;
  const short = (text: string) => shortened(text, ACCOUNT_LINE / 2);
  return `${what}. ${literal(short(error.message))} → ${short(error.remedy)}`;
}

export function stageDetails(profile: string, source: string, stage: Stage): Markdown {
  return `${literal(profile)} · ${source} · stage **${stage}**`;
}

export function batchDetails(profile: string, source: string, progress: BatchProgress): Markdown {
  return `${literal(profile)} · ${source} · ${batchProgressText(progress)}`;
}

export function failureDetails(stage: Stage, failure: AccountFailure): Markdown {
  const { type, message, remedy, exitCode, lastLines = [] } = boundedFailure(failure, LIMITS.details);
  const code = exitCode === undefined ? '' : `, exit code ${exitCode}`;
  return [
    `**Failed at stage ${stage}** (${type}${code})`,
    literal(message),
    `**What to do:** ${remedy}`,
    ...(lastLines.length === 0 ? [] : ['Last lines of the scanner:', fenced(lastLines)]),
  ].join('\n\n');
}

export function scanDetails(scan: ScanOutcome): Markdown {
  const { events, status, warnings } = boundedScan(scan, LIMITS.details);
  const counts =
    `${events.total} events, ${events.new} new, ${events.still} still there, ` +
    `${events.resolved} resolved, ${events.reopened} reopened, ${events.unverified} unverified`;
  return [`**${capital(status)}:** ${counts}`, '', ...warnings.map((line) => `- ${literal(line)}`)].join(
    '\n',
  );
}

/** Text of unknown origin as code, for it must not become Markdown. */
function literal(text: string): Markdown {
  return `\`${text.replaceAll('`', "'").replaceAll(/\s+/g, ' ')}\``;
}

function fenced(lines: readonly string[]): Markdown {
  return ['```', ...lines.map((line) => line.replaceAll('`', "'")), '```'].join('\n');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
