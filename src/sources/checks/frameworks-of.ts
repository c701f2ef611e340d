import { allFrameworks } from './all-frameworks.ts';
import { requirementsOf } from './framework.ts';

/** What a check bears on in one framework. */
export interface MappedFramework {
  id: string;
  requirements: readonly string[];
  /** Whether somebody has published the mapping, or it is our own proposal. */
  mapping: 'published' | 'own';
}

/** The frameworks that a check bears on. */
export function frameworksOf(checkId: string): MappedFramework[] {
  return allFrameworks
    .filter(({ checks }) => checkId in checks)
    .map((framework) => {
      const { id, proposed } = framework;
      const isOwn = proposed === 'all' || proposed.includes(checkId);
      return { id, requirements: requirementsOf(framework, checkId), mapping: isOwn ? 'own' : 'published' };
    });
}
