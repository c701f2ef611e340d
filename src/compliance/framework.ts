import type { Mapping } from '../model/compliance.ts';

/** A published list of requirements, and the checks that bear on them. The framework owns the mapping; a check knows none. */
export interface Framework {
  /** In flags, JSON and the database, e.g. `cis-5.0`: never changes. */
  id: string;
  name: string;
  version: string;
  publisher: string;
  /** What readers should know about it, or about its mapping. */
  note?: string;
  /** All its requirements, also those that no check can tell of. */
  sections: Readonly<Record<string, readonly RequirementRow[]>>;
  /** By check, the ids of requirements with spaces between: what somebody has published. */
  published: MappingTable;
  /** The same as our own proposal, which a person has to review. */
  own: MappingTable;
}

/** Id, title in our own words, and what the publisher adds, e.g. `Level 1, automated`. */
export type RequirementRow = readonly [id: string, title: string, remark?: string];

export type MappingTable = Readonly<Record<string, string>>;

export interface Requirement {
  id: string;
  title: string;
  section: string;
  remark: string | null;
  checks: readonly MappedCheck[];
}

export interface MappedCheck {
  checkId: string;
  mapping: Mapping;
}

const known = new WeakMap<Framework, readonly Requirement[]>();

/** The requirements of a framework in its order, each with its checks. */
export function requirementsOf(framework: Framework): readonly Requirement[] {
  const requirements = known.get(framework) ?? readRequirements(framework);
  known.set(framework, requirements);
  return requirements;
}

function readRequirements({ sections, published, own }: Framework): Requirement[] {
  const rows = Object.entries(sections).flatMap(([section, list]) =>
    list.map(([id, title, remark = null]) => ({ id, title, section, remark })),
  );
  const checks = new Map(rows.map(({ id }) => [id, new Map<string, Mapping>()]));
  const add = (table: MappingTable, mapping: Mapping): void => {
    for (const [checkId, ids] of Object.entries(table)) {
      for (const id of ids.split(' ')) checks.get(listed(id, checks))?.set(checkId, mapping);
    }
  };
  add(own, 'own');
  // What was published counts, whatever we propose.
  add(published, 'published');
  return rows.map((row) => ({
    ...row,
    checks: [...(checks.get(row.id) ?? [])]
      .map(([checkId, mapping]) => ({ checkId, mapping }))
      .toSorted((one, other) => (one.checkId < other.checkId ? -1 : 1)),
  }));
}

/** A statement or enhancement of a control, such as `AC-2(3)(d)`, counts under the control that is listed, `AC-2`. */
function listed(id: string, requirements: ReadonlyMap<string, unknown>): string {
  return requirements.has(id) ? id : id.replace(/\(.*$/, '');
}

/** What a check bears on in one framework. */
export interface MappedFramework {
  id: string;
  requirements: readonly string[];
  mapping: Mapping;
}

/** The frameworks that a check bears on; twice the same where some of its requirements are published and others our own. */
export function frameworksOf(frameworks: readonly Framework[], checkId: string): MappedFramework[] {
  return frameworks.flatMap((framework) =>
    (['published', 'own'] as const).flatMap((mapping) => {
      const ids = framework[mapping][checkId];
      return ids === undefined ? [] : [{ id: framework.id, requirements: ids.split(' '), mapping }];
    }),
  );
}

export function bearsOn({ published, own }: Framework, checkId: string): boolean {
  return checkId in published || checkId in own;
}
