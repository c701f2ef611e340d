import type {
  Change,
  CheckCounts,
  CheckResult,
  ComplianceScore,
  RequirementResult,
  RequirementState,
} from '../model/compliance.ts';
import { requirementsOf } from './framework.ts';
import type { Framework, Requirement } from './framework.ts';

/** What the checks say of an account, or of several in sum; a check that no scan has asked is not in it. */
export type CountsByCheck = ReadonlyMap<string, CheckCounts>;

/** The checks that there are. */
interface Catalogue {
  has(checkId: string): boolean;
}

const NOTHING: CheckCounts = { pass: 0, fail: 0, unknown: 0, suppressed: 0 };

/**
 * How each requirement of a framework stands.
 *
 * @param catalogue the checks that there are: mappings of others are as if they were not there
 */
export function judgeFramework(
  framework: Framework,
  counts: CountsByCheck,
  catalogue: Catalogue,
): RequirementResult[] {
  return requirementsOf(framework).map((requirement) => judgeRequirement(requirement, counts, catalogue));
}

function judgeRequirement(
  { id, title, section, remark, checks: mapped }: Requirement,
  counts: CountsByCheck,
  catalogue: Catalogue,
): RequirementResult {
  const checks = mapped
    .filter(({ checkId }) => catalogue.has(checkId))
    .map(({ checkId, mapping }): CheckResult => {
      const { pass, fail, unknown, suppressed } = counts.get(checkId) ?? NOTHING;
      return { checkId, mapping, pass, fail, unknown, suppressed, asked: counts.has(checkId) };
    });
  const isPublished = checks.some(({ mapping }) => mapping === 'published');
  return {
    id,
    title,
    section,
    remark,
    ...stand(mapped, counts, catalogue),
    mapping: checks.length === 0 ? null : isPublished ? 'published' : 'own',
    checks,
  };
}

/** How many requirements of a framework stand how, without telling which. */
export function judgeScore(
  framework: Framework,
  counts: CountsByCheck,
  catalogue: Catalogue,
): ComplianceScore {
  return scoreOf(requirementsOf(framework).map(({ checks }) => stand(checks, counts, catalogue)));
}

/**
 * Fails where any check does, is unknown where any does not know, and passes where any passes or every failure was accepted.
 * Where no scan has asked any of its checks, nothing is known of it; where they have found nothing to judge, it does not
 * apply.
 */
function stand(
  checks: Requirement['checks'],
  counts: CountsByCheck,
  catalogue: Catalogue,
): Pick<RequirementResult, 'state' | 'accepted'> {
  const sum = { ...NOTHING };
  let [there, asked] = [0, 0];
  for (const { checkId } of checks) {
    if (!catalogue.has(checkId)) continue;
    there += 1;
    const said = counts.get(checkId);
    if (said === undefined) continue;
    asked += 1;
    sum.pass += said.pass;
    sum.fail += said.fail;
    sum.unknown += said.unknown;
    sum.suppressed += said.suppressed;
  }
  const state = there === 0 ? 'manual' : asked === 0 ? 'unknown' : stateOf(sum);
  return { state, accepted: state === 'pass' && sum.suppressed > 0 };
}

function stateOf({ pass, fail, unknown, suppressed }: CheckCounts): RequirementState {
  if (fail > 0) return 'fail';
  if (unknown > 0) return 'unknown';
  return pass + suppressed > 0 ? 'pass' : 'not-applicable';
}

/** What does not pass because of what applies; graver states come last. */
const GRAVITY: Readonly<Record<RequirementState, number>> = {
  manual: 0,
  'not-applicable': 0,
  pass: 0,
  unknown: 1,
  fail: 2,
};

/** How the accounts of which both is known stand now, against how they stood before. */
export function changeOf(
  states: Readonly<Record<string, RequirementState>>,
  before: Readonly<Record<string, RequirementState>>,
): Change | null {
  const steps = Object.entries(before).map(
    ([accountId, state]) => GRAVITY[states[accountId] ?? state] - GRAVITY[state],
  );
  if (steps.some((step) => step > 0)) return 'worse';
  return steps.some((step) => step < 0) ? 'better' : null;
}

export function scoreOf(
  requirements: readonly Pick<RequirementResult, 'state' | 'accepted'>[],
): ComplianceScore {
  const count = (state: RequirementState): number =>
    requirements.filter((requirement) => requirement.state === state).length;
  return scored({
    pass: count('pass'),
    fail: count('fail'),
    unknown: count('unknown'),
    notApplicable: count('not-applicable'),
    manual: count('manual'),
    accepted: requirements.filter(({ accepted }) => accepted).length,
  });
}

/** With what follows from the counts. What is unknown does not pass: less sight must not better a score. */
export function scored(counts: Omit<ComplianceScore, 'percent' | 'total'>): ComplianceScore {
  const { pass, fail, unknown, notApplicable, manual } = counts;
  const decided = pass + fail + unknown;
  return {
    percent: pass + fail === 0 ? null : Math.floor((1000 * pass) / decided) / 10,
    ...counts,
    total: decided + notApplicable + manual,
  };
}

/** What several accounts come to: a requirement of all of them stands as the sum of their counts says. */
export function sumCounts(accounts: Iterable<CountsByCheck>): CountsByCheck {
  const sum = new Map<string, CheckCounts>();
  for (const account of accounts) {
    for (const [checkId, { pass, fail, unknown, suppressed }] of account) {
      const before = sum.get(checkId) ?? NOTHING;
      sum.set(checkId, {
        pass: before.pass + pass,
        fail: before.fail + fail,
        unknown: before.unknown + unknown,
        suppressed: before.suppressed + suppressed,
      });
    }
  }
  return sum;
}
