import type { NamedScope, ScopeProblem, SourceConfig } from '../source.ts';
import { strangeNames, strangeRegions } from '../strange-names.ts';
import { checksOf } from './checks-of.ts';
import { knownFrameworks, strangeChecks, strangeServices } from './plan.ts';
import type { checksSettings } from './settings.ts';

/** What a scan by checks would not find, told before it starts: it would fail in every account. */
export function scopeProblem(
  { services, regions, frameworks = [], checks = [] }: NamedScope,
  { settings }: SourceConfig<typeof checksSettings>,
): ScopeProblem | null {
  const catalogue = checksOf(settings);
  const problem =
    strangeServices(services, catalogue) ?? strangeRegions(regions) ?? strangeChecks(checks, catalogue);
  if (problem !== null || frameworks.length === 0) return problem;
  const names = knownFrameworks(settings.frameworksFolder, catalogue).map(({ id }) => id);
  return strangeNames(frameworks, {
    option: 'framework',
    absent: 'There is no framework',
    names,
    list: 'There are',
  });
}
