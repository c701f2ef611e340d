import type { ComplianceBasis } from '../../compliance/basis.ts';
import type { DescribedCheck } from '../../model/check.ts';
import type { Check } from './catalogue.ts';
import { checksOf } from './checks-of.ts';
import { equivalentsOf } from './equivalents-of.ts';
import { knownFrameworks } from './plan.ts';
import type { ChecksSettings } from './settings.ts';

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
 * The catalogue as the settings make it, and the frameworks that are judged by it.
 *
 * @throws VedetteError `config-invalid` for a check or a framework of the users' own that is none
 */
export async function complianceBasis(
  settings: Pick<ChecksSettings, 'folder' | 'parameters' | 'frameworksFolder'>,
): Promise<ComplianceBasis> {
  const catalogue = checksOf(settings);
  const checks = new Map(catalogue.map((check) => [check.id, described(check)]));
  return { source: 'checks', frameworks: knownFrameworks(settings.frameworksFolder, catalogue), checks };
}
