import type { DataAccessLog } from '../../../coverage/mapping/data-access.ts';
import type { Project } from './project.ts';

/**
 * Whether one of the audit logs of a service is recorded; what folders and the organisation switch on holds in the project
 * too, so what could not be read of them may be on.
 *
 * @param service null where it is not known: then any service's will do
 */
export function isSwitchedOn(
  project: Project,
  service: string | null,
  logs: readonly DataAccessLog[],
): 'on' | 'off' | 'unknown' {
  const levels = project.list('cloudresourcemanager:GetIamPolicy');
  if (levels === null) return 'unknown';
  const on = levels.some(({ auditConfigs }) =>
    auditConfigs.some(
      (config) =>
        (service === null || config.service === service || config.service === 'allServices') &&
        config.logs.some(({ type }) => (logs as readonly string[]).includes(type)),
    ),
  );
  if (on) return 'on';
  return levels.every(({ seen }) => seen) ? 'off' : 'unknown';
}
