import type { ComplianceBasis } from '../../compliance/basis.ts';
import type { DescribedCheck } from '../../model/check.ts';
import { allChecks } from './all-checks.ts';
import type { Check } from './catalogue.ts';
import { equivalentsOf } from './equivalents-of.ts';
import { knownFrameworks } from './plan.ts';

/** A check as people read it. */
export function described(check: Check): DescribedCheck {
  const { id, title, service, depth, level, category, resourceType, failsWhen, remediation } = check;
  return {
    id,
    title,
    service,
    depth,
    level,
    category,
    resourceType,
    failsWhen,
    remediation,
    command: check.command ?? null,
    parameters: check.parameters,
    calls: check.needs,
    equivalents: equivalentsOf(id),
  };
}

/**
 * The catalogue, and the frameworks that are judged by it.
 *
 * @param frameworksFolder of the users' own frameworks; null where there is none
 * @throws VedetteError `config-invalid` for a file there that is none
 */
export function complianceBasis(frameworksFolder: string | null): ComplianceBasis {
  const checks = new Map(allChecks.map((check) => [check.id, described(check)]));
  return { source: 'checks', frameworks: knownFrameworks(frameworksFolder), checks };
}
