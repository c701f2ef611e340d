import {
  mapWatched,
  merged,
  ofEventModule,
  ofSecurityCommandCenter,
} from '../../../coverage/mapping/native.ts';
import type { SecurityCommandCenterModule } from '../../../coverage/mapping/native.ts';
import type { Detection, HealthReason } from '../../../model/coverage.ts';
import { broken, healthOf, notAllowed, warning } from '../reasons.ts';
import type { GoogleItemOf } from './calls.ts';
import { isSwitchedOn } from './data-access.ts';
import type { Project } from './project.ts';

type Service = GoogleItemOf<'securitycentermanagement:ListSecurityCenterServices'>;
type Rule = Parameters<NonNullable<Parameters<typeof ofSecurityCommandCenter>[1]>>[0];

const MODULES: readonly SecurityCommandCenterModule[] = [
  'event-threat-detection',
  'container-threat-detection',
  'vm-threat-detection',
  'security-health-analytics',
];
const TITLES: Readonly<Record<SecurityCommandCenterModule, string>> = {
  'event-threat-detection': 'Event Threat Detection',
  'container-threat-detection': 'Container Threat Detection',
  'vm-threat-detection': 'VM Threat Detection',
  'security-health-analytics': 'Security Health Analytics',
};
/** Logs that are there in every project. */
const ALWAYS = ['admin', 'gke-admin', 'system'];

/** What Security Command Center looks for in a project, service by service, and the modules that people have added. */
export function commandCenterDetections(project: Project): Detection[] {
  const services = project.list('securitycentermanagement:ListSecurityCenterServices') ?? [];
  const found = services.flatMap((service) => ofService(project, service) ?? []);
  const etd = services.find(({ name }) => name === 'event-threat-detection');
  const events =
    project.list('securitycentermanagement:ListEffectiveEventThreatDetectionCustomModules') ?? [];
  const modules = events.map((module): Detection => {
    const reasons = [...reasonsOfModule(module), ...(etd === undefined ? [] : reasonsOfService(etd))];
    return {
      ...named(module.id, `${module.name} (${module.type})`, false),
      ...judged([...reasons, ...reasonsOfReaders(project)]),
      ...ofEventModule(module.type),
    };
  });
  const posture =
    project.list('securitycentermanagement:ListEffectiveSecurityHealthAnalyticsCustomModules') ?? [];
  const own = posture.map((module): Detection => ({
    ...named(module.id, module.name, true),
    ...judged(reasonsOfModule(module)),
    ...mapWatched('gcp', { events: [], findings: [], needsTrail: false }),
  }));
  return [...found, ...modules, ...own];
}

function ofService(project: Project, service: Service): Detection | null {
  const module = MODULES.find((one) => one === service.name);
  if (module === undefined) return null;
  const mutes = project.list('securitycenter:ListMuteConfigs');
  const reasons = [...reasonsOfService(service), ...reasonsOfReaders(project)];
  if (mutes === null) reasons.push(notAllowed('securitycenter:ListMuteConfigs'));
  const mapped = ofSecurityCommandCenter(
    module,
    (rule) => isLookedFor(project, service, rule) && !isMuted(rule, mutes ?? []),
  );
  return {
    ...named(service.id, TITLES[module], module === 'security-health-analytics'),
    ...judged(reasons),
    ...merged([mapped]),
  };
}

function named(id: string, name: string, isPosture: boolean) {
  return { id, kind: 'gcp-scc', name, region: null, isPosture, sees: null } as const;
}

function judged(reasons: readonly HealthReason[]) {
  return { health: healthOf(reasons), reasons } as const;
}

/** Whether a rule is on, and the log that it reads is there. */
function isLookedFor(project: Project, { modules }: Service, rule: Rule): boolean {
  const { category, rule: name, log = [], methods = [], unavailable } = rule;
  if (unavailable !== undefined) return false;
  if ([name, category].some((one) => typeof one === 'string' && modules[one] === 'DISABLED')) return false;
  const isThere = (kind: string): boolean => {
    if (ALWAYS.includes(kind)) return true;
    if (kind !== 'data') return false;
    const services = methods.length === 0 ? [null] : methods.map(({ service }) => service);
    return services.some(
      (one) => isSwitchedOn(project, one, ['ADMIN_READ', 'DATA_READ', 'DATA_WRITE']) === 'on',
    );
  };
  return log.length === 0 || log.some(isThere);
}

/** A rule that mutes all findings of a category; one that asks for more hides some of them only. */
function isMuted({ category }: Rule, mutes: readonly { filter: string }[]): boolean {
  return mutes.some(({ filter }) => /^\s*category\s*[=:]\s*"([^"]+)"\s*$/.exec(filter)?.[1] === category);
}

function reasonsOfService({ name, state }: Service): HealthReason[] {
  if (state === 'ENABLED') return [];
  return [
    broken(
      'scc-service-off',
      `securitycentermanagement:ListSecurityCenterServices: ${name} ${state === '' ? 'without a state' : state}`,
    ),
  ];
}

function reasonsOfModule({ name, enabled }: { name: string; enabled: boolean }): HealthReason[] {
  return enabled ? [] : [broken('scc-module-off', `securitycentermanagement: ${name} DISABLED`)];
}

function reasonsOfReaders(project: Project): HealthReason[] {
  const configs = project.list('securitycenter:ListNotificationConfigs');
  if (configs === null || configs.length > 0) return [];
  return [
    warning(
      'no-reader',
      'The project sends its findings to nobody; the organisation may.',
      'Make a notification config to a topic of Pub/Sub, unless the organisation has one.',
      'securitycenter:ListNotificationConfigs: []',
    ),
  ];
}
