import { allChecks } from './all-checks.ts';
import { allFrameworks } from './all-frameworks.ts';
import { DEPTHS } from './catalogue.ts';
import type { Check, Depth } from './catalogue.ts';
import { nothingChosen, unknownNames } from './errors.ts';

/** Which checks; empty lists mean everything. */
export interface Selection {
  depth: Depth;
  services: readonly string[];
  frameworks: readonly string[];
  /** These, whatever their depth. */
  checks: readonly string[];
}

/** @throws VedetteError `usage` for a name that stands for nothing, `scan-empty` where nothing is left. */
export function selectChecks(
  { depth, services, frameworks, checks }: Selection,
  catalogue: readonly Check[] = allChecks,
): Check[] {
  assertKnownChecks(checks, catalogue);
  refuseUnknown(
    'framework',
    frameworks,
    allFrameworks.map(({ id }) => id),
  );
  refuseUnknown('service', services, checkedServices(catalogue));
  const mapped = allFrameworks.filter(({ id }) => frameworks.includes(id));
  const reached = DEPTHS.slice(0, DEPTHS.indexOf(depth) + 1);
  const chosen = catalogue.filter(
    (check) =>
      (checks.length > 0 ? checks.includes(check.id) : reached.includes(check.depth)) &&
      (services.length === 0 || services.includes(check.service)) &&
      (frameworks.length === 0 || mapped.some((framework) => check.id in framework.checks)),
  );
  if (chosen.length === 0) throw nothingChosen();
  return chosen;
}

/** @throws VedetteError `usage` for an id that no check of these has */
export function assertKnownChecks(ids: readonly string[], catalogue: readonly Check[]): void {
  refuseUnknown(
    'check',
    ids,
    catalogue.map(({ id }) => id),
  );
}

/** The services that there are checks of, sorted. */
export function checkedServices(catalogue: readonly Check[] = allChecks): string[] {
  return [...new Set(catalogue.map(({ service }) => service))].toSorted();
}

function refuseUnknown(what: string, names: readonly string[], known: readonly string[]): void {
  const strangers = names.filter((name) => !known.includes(name));
  if (strangers.length > 0) throw unknownNames(what, strangers, known);
}
