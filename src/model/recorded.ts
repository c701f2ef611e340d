import { DEFAULT_ORGANIZATION } from './names.ts';
import type { AccountProgress, AccountScanInput, AccountSelection, ScanRunInput } from './pipeline.ts';
import type { PurgeInput } from './purge.ts';
import type { AccountOutcome, FinishedRun, RunResult } from './run.ts';
import { FIRST_SOURCE } from './source.ts';
import type { Target } from './target.ts';

/**
 * What versions before this one wrote into histories and schedules, and what their workers still answer: they knew
 * one source, one organisation, and profiles only. Whatever may be older than its reader is read through these
 * functions, which give it today's shape and leave alone what has it.
 */
export interface RecordedTarget {
  profile: string;
  accountId: string | null;
}

export type RecordedSelection = { all: true } | { accounts: readonly RecordedTarget[] };

export type RecordedRunInput = Pick<ScanRunInput, 'options' | 'concurrency'> & {
  source: string;
  selection: RecordedSelection;
};

export type RecordedScanInput = Pick<AccountScanInput, 'runId' | 'source' | 'options'> & {
  target: RecordedTarget;
};

export type RecordedPurgeInput = Omit<PurgeInput, 'organizationId'>;

/** Also what today's has beside its own fields, as inputs of activities have. */
export type Recorded<Now extends AccountScanInput> = Omit<Now, 'organizationId' | 'target'> & {
  organizationId?: string;
  target: Target | RecordedTarget;
};

export function currentTarget<Now extends Target>(recorded: Now | RecordedTarget): Now | Target {
  if (!('profile' in recorded)) return recorded;
  return { kind: 'aws-profile', name: recorded.profile, accountId: recorded.accountId };
}

export function currentSelection(recorded: AccountSelection | RecordedSelection): AccountSelection {
  return 'all' in recorded ? recorded : { accounts: recorded.accounts.map(currentTarget) };
}

export function currentRunInput(recorded: ScanRunInput | RecordedRunInput): ScanRunInput {
  if (!('source' in recorded)) return recorded;
  const { source, selection, ...rest } = recorded;
  return {
    organizationId: DEFAULT_ORGANIZATION,
    sources: [source],
    selection: currentSelection(selection),
    ...rest,
  };
}

export function currentScanInput<Now extends AccountScanInput>(recorded: Recorded<Now>): Now {
  const { organizationId = DEFAULT_ORGANIZATION } = recorded;
  return { ...recorded, organizationId, target: currentTarget(recorded.target) } as Now;
}

export function currentPurgeInput<Input extends object>(
  recorded: Input & { organizationId?: string },
): Input & { organizationId: string } {
  return { ...recorded, organizationId: recorded.organizationId ?? DEFAULT_ORGANIZATION };
}

const FIRST = { targetKind: 'aws-profile', source: FIRST_SOURCE } as const;

export function currentProgress(
  recorded: AccountProgress | Omit<AccountProgress, keyof typeof FIRST>,
): AccountProgress {
  return { ...FIRST, ...recorded };
}

type RecordedOutcome = Omit<AccountOutcome, keyof typeof FIRST>;

export type RecordedResult = Omit<RunResult, 'sources' | 'accounts'> & {
  accounts: readonly RecordedOutcome[];
};

export type RecordedFinishedRun = RecordedResult & Pick<FinishedRun, 'concurrency'>;

export function currentResult(recorded: RunResult | RecordedResult): RunResult {
  if ('sources' in recorded) return recorded;
  return {
    ...recorded,
    sources: [FIRST_SOURCE],
    accounts: recorded.accounts.map((account) => ({ ...account, ...FIRST })),
  };
}

export function currentFinishedRun(recorded: FinishedRun | RecordedFinishedRun): FinishedRun {
  const { concurrency } = recorded;
  const organizationId = 'organizationId' in recorded ? recorded.organizationId : DEFAULT_ORGANIZATION;
  return { ...currentResult(recorded), organizationId, concurrency };
}
