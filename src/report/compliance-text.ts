import { CHANGES } from '../model/compliance.ts';
import type {
  ComplianceScore,
  FrameworkStanding,
  RequirementState,
  StandingRequirement,
} from '../model/compliance.ts';

/** What people call the states. */
export const STATE_NAMES: Readonly<Record<RequirementState, string>> = {
  fail: 'fail',
  unknown: 'unknown',
  pass: 'pass',
  'not-applicable': 'not applicable',
  manual: 'manual',
};

export function percentText({ percent }: Pick<ComplianceScore, 'percent'>): string {
  return percent === null ? '–' : `${percent} %`;
}

/** How much of a framework checks can judge at all, as a sentence. */
export function coverageText({ total, manual, notApplicable }: ComplianceScore): string {
  const judged = total - manual;
  const apply = notApplicable === 0 ? '' : `, ${notApplicable} of which do not apply here`;
  return `Checks bear on ${judged} of ${total} requirements${apply}; ${manual} are to be shown by other means.`;
}

/** What is otherwise than after the scan before the last one, as a sentence; null where nothing is. */
export function changesText(requirements: readonly Pick<StandingRequirement, 'change'>[]): string | null {
  const counts = CHANGES.map((change) => ({
    change,
    count: requirements.filter((one) => one.change === change).length,
  })).filter(({ count }) => count > 0);
  if (counts.length === 0) return null;
  const all = counts.map(({ change, count }) => `${count} ${change}`).join(' and ');
  return `Against the scan before the last one, ${all}.`;
}

/** One line of a table for a requirement and one of its checks; a requirement without checks has one line. */
export interface ComplianceRow {
  requirement: StandingRequirement;
  check: StandingRequirement['checks'][number] | null;
}

export function* complianceRows({ requirements }: FrameworkStanding): Generator<ComplianceRow> {
  for (const requirement of requirements) {
    if (requirement.checks.length === 0) yield { requirement, check: null };
    for (const check of requirement.checks) yield { requirement, check };
  }
}

/** As JSON shows it. */
export function complianceJson(standing: FrameworkStanding) {
  const { accounts, score, requirements, ...rest } = standing;
  return {
    ...rest,
    accounts: accounts.map(({ accountId }) => accountId),
    requirements,
    score,
    accountScores: accounts,
  };
}
