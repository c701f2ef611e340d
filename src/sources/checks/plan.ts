import { bearsOn } from '../../compliance/framework.ts';
import type { Framework } from '../../compliance/framework.ts';
import { frameworkById, loadFrameworks } from '../../compliance/frameworks.ts';
import type { ScopeProblem } from '../source.ts';
import { strangeNames } from '../strange-names.ts';
import { allChecks } from './all-checks.ts';
import { DEPTHS } from './catalogue.ts';
import type { Check, Depth } from './catalogue.ts';
import { nothingChosen, refused } from './errors.ts';

/** Which checks; empty lists mean everything. */
export interface Selection {
  depth: Depth;
  services: readonly string[];
  frameworks: readonly string[];
  /** These, whatever their depth. */
  checks: readonly string[];
  /** Folder with frameworks of the users' own. */
  frameworksFolder?: string | undefined;
}

/**
 * The frameworks that checks can be chosen by: ours, and those of the folder.
 *
 * @throws VedetteError `config-invalid` for a file there that is none
 */
export function knownFrameworks(
  folder: string | undefined,
  catalogue: readonly Check[],
): readonly Framework[] {
  return loadFrameworks(folder, new Set(catalogue.map(({ id }) => id)));
}

/** @throws VedetteError `usage` for a name that stands for nothing, `scan-empty` where nothing is left. */
export function selectChecks(
  { depth, services, frameworks, checks, frameworksFolder }: Selection,
  catalogue: readonly Check[] = allChecks,
): Check[] {
  assertKnownChecks(checks, catalogue);
  assertNamed(strangeServices(services, catalogue));
  const known = frameworks.length === 0 ? [] : knownFrameworks(frameworksFolder, catalogue);
  const mapped = frameworks.map((id) => frameworkById(known, id));
  const reached = DEPTHS.slice(0, DEPTHS.indexOf(depth) + 1);
  const chosen = catalogue.filter(
    (check) =>
      (checks.length > 0 ? checks.includes(check.id) : reached.includes(check.depth)) &&
      (services.length === 0 || services.includes(check.service)) &&
      (frameworks.length === 0 || mapped.some((framework) => bearsOn(framework, check.id))),
  );
  if (chosen.length === 0) throw nothingChosen();
  return chosen;
}

/** @throws VedetteError `usage` for an id that no check of these has */
export function assertKnownChecks(ids: readonly string[], catalogue: readonly Check[]): void {
  assertNamed(strangeChecks(ids, catalogue));
}

export function strangeChecks(ids: readonly string[], catalogue: readonly Check[]): ScopeProblem | null {
  const names = catalogue.map(({ id }) => id);
  return strangeNames(ids, { option: 'check', absent: 'There is no check', names, list: 'There are' });
}

export function strangeServices(
  services: readonly string[],
  catalogue: readonly Check[],
): ScopeProblem | null {
  const names = checkedServices(catalogue);
  return strangeNames(services, {
    option: 'services',
    absent: 'There is no service',
    names,
    list: 'There are',
  });
}

/** The services that there are checks of, sorted. */
export function checkedServices(catalogue: readonly Check[] = allChecks): string[] {
  return [...new Set(catalogue.map(({ service }) => service))].toSorted();
}

function assertNamed(problem: ScopeProblem | null): void {
  if (problem !== null) throw refused(problem);
}
