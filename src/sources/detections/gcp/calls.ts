import type { AllowedCall } from '../../../aws/read-only.ts';
import type { CollectedItem } from '../../../collect/call.ts';
import { inParallel } from '../../../collect/in-parallel.ts';
import { assetTypesByService } from '../../../coverage/services.ts';
import type { GoogleClient } from '../../../gcp/client.ts';

/** A call that lists what a project has, normalised; a project has no places of its own. */
export interface GoogleCall<Item extends CollectedItem = CollectedItem> {
  /** What IAM has to allow. */
  permissions: readonly string[];
  list(google: GoogleClient): Promise<Item[]>;
}

type Answer = Readonly<Record<string, unknown>>;

function googleCall<Item extends CollectedItem>(call: GoogleCall<Item>): GoogleCall<Item> {
  return call;
}

/** Questions on assets under way. */
const ASKED_AT_ONCE = 8;
const ALL_PAGES = { pageSize: '500' };

const logMetrics = googleCall({
  permissions: ['logging.logMetrics.list'],
  list: async (google) => {
    const path = `v2/projects/${google.projectId}/metrics`;
    const metrics = await google.list({ api: 'logging', path, query: ALL_PAGES }, 'metrics');
    return metrics.map((metric) => {
      const name = text(metric['name']);
      return {
        id: `projects/${google.projectId}/metrics/${name}`,
        name,
        filter: text(metric['filter']),
        disabled: metric['disabled'] === true,
        bucket: text(metric['bucketName']) || null,
      };
    });
  },
});

const alertPolicies = googleCall({
  permissions: ['monitoring.alertPolicies.list'],
  list: async (google) => {
    const path = `v3/projects/${google.projectId}/alertPolicies`;
    const policies = await google.list({ api: 'monitoring', path, query: ALL_PAGES }, 'alertPolicies');
    return policies.map((policy) => ({
      id: text(policy['name']),
      name: text(policy['displayName']) || text(policy['name']),
      enabled: isOn(policy['enabled']),
      channels: texts(policy['notificationChannels']),
      conditions: objects(policy['conditions']).map(conditionOf),
    }));
  },
});

/** What a condition looks at: entries of the log themselves, or a metric that is named in its text. */
function conditionOf(condition: Answer): { watches: 'log' | 'metric'; text: string } {
  const log = object(condition['conditionMatchedLog']);
  if (log !== null) return { watches: 'log', text: text(log['filter']) };
  const others = ['conditionThreshold', 'conditionAbsent', 'conditionPrometheusQueryLanguage'];
  const query = object(condition['conditionMonitoringQueryLanguage']);
  const found = query ?? others.map((name) => object(condition[name])).find((one) => one !== null) ?? {};
  return { watches: 'metric', text: text(found['filter']) || text(found['query']) };
}

const channels = googleCall({
  permissions: ['monitoring.notificationChannels.list'],
  list: async (google) => {
    const path = `v3/projects/${google.projectId}/notificationChannels`;
    const all = await google.list({ api: 'monitoring', path, query: ALL_PAGES }, 'notificationChannels');
    return all.map((channel) => ({
      id: text(channel['name']),
      type: text(channel['type']),
      enabled: isOn(channel['enabled']),
      verified: channel['verificationStatus'] !== 'UNVERIFIED',
    }));
  },
});

const snoozes = googleCall({
  permissions: ['monitoring.snoozes.list'],
  list: async (google) => {
    const path = `v3/projects/${google.projectId}/snoozes`;
    const all = await google.list({ api: 'monitoring', path, query: ALL_PAGES }, 'snoozes');
    return all.map((snooze) => ({
      id: text(snooze['name']),
      policies: texts(object(snooze['criteria'])?.['policies']),
      from: text(object(snooze['interval'])?.['startTime']),
      to: text(object(snooze['interval'])?.['endTime']),
    }));
  },
});

const sinks = googleCall({
  permissions: ['logging.sinks.list'],
  list: async (google) => {
    const path = `v2/projects/${google.projectId}/sinks`;
    const all = await google.list({ api: 'logging', path, query: ALL_PAGES }, 'sinks');
    return all.map((sink) => ({
      id: `projects/${google.projectId}/sinks/${text(sink['name'])}`,
      name: text(sink['name']),
      destination: text(sink['destination']),
      filter: text(sink['filter']),
      disabled: sink['disabled'] === true,
      exclusions: objects(sink['exclusions'])
        .filter((exclusion) => exclusion['disabled'] !== true)
        .map((exclusion) => text(exclusion['filter'])),
    }));
  },
});

/** Which audit logs the project, its folders and its organisation switch on; all of them together count. */
const auditConfigs = googleCall({
  permissions: [
    'resourcemanager.projects.get',
    'resourcemanager.projects.getIamPolicy',
    'resourcemanager.folders.get',
    'resourcemanager.folders.getIamPolicy',
    'resourcemanager.organizations.getIamPolicy',
  ],
  list: async (google) => {
    const api = 'cloudresourcemanager';
    const found: { id: string; level: string; seen: boolean; auditConfigs: AuditConfig[] }[] = [];
    let resource = `projects/${google.projectId}`;
    for (let depth = 0; resource !== '' && depth < 12; depth += 1) {
      const level = resource.split('/')[0] as string;
      const isProject = depth === 0;
      const ask = async (path: string, body?: unknown) =>
        object(await google.ask({ api, path: `v3/${path}`, ...(body !== undefined && { body }) })) ?? {};
      // Who may read the project need not be allowed to read what is above it.
      const policy = await ask(`${resource}:getIamPolicy`, { options: { requestedPolicyVersion: 3 } }).catch(
        (error: unknown) => {
          if (isProject) throw error;
          return null;
        },
      );
      found.push({
        id: resource,
        level,
        seen: policy !== null,
        auditConfigs: objects(policy?.['auditConfigs']).map(auditConfigOf),
      });
      if (level === 'organizations') break;
      const self = await ask(resource).catch(() => null);
      if (self === null) {
        found.push({ id: `${resource}#above`, level: 'above', seen: false, auditConfigs: [] });
        break;
      }
      resource = text(self['parent']);
    }
    return found;
  },
});

interface AuditConfig {
  service: string;
  logs: { type: string; exempted: number }[];
}

function auditConfigOf(config: Answer): AuditConfig {
  return {
    service: text(config['service']),
    logs: objects(config['auditLogConfigs']).map((log) => ({
      type: text(log['logType']),
      exempted: texts(log['exemptedMembers']).length,
    })),
  };
}

const securityServices = googleCall({
  permissions: ['securitycentermanagement.securityCenterServices.list'],
  list: async (google) => {
    const path = `v1/projects/${google.projectId}/locations/global/securityCenterServices`;
    const all = await google.list(
      { api: 'securitycentermanagement', path, query: { showEligibleModulesOnly: 'false' } },
      'securityCenterServices',
    );
    return all.map((service) => ({
      id: text(service['name']),
      name: text(service['name']).split('/').at(-1) ?? '',
      state: text(service['effectiveEnablementState']),
      modules: Object.fromEntries(
        Object.entries(object(service['modules']) ?? {}).map(([name, state]) => [
          name,
          text(object(state)?.['effectiveEnablementState']),
        ]),
      ),
    }));
  },
});

const eventModules = googleCall({
  permissions: ['securitycentermanagement.effectiveEventThreatDetectionCustomModules.list'],
  list: (google) =>
    customModules(google, 'effectiveEventThreatDetectionCustomModules', (module) => text(module['type'])),
});

const postureModules = googleCall({
  permissions: ['securitycentermanagement.effectiveSecurityHealthAnalyticsCustomModules.list'],
  list: (google) => customModules(google, 'effectiveSecurityHealthAnalyticsCustomModules', () => ''),
});

async function customModules(google: GoogleClient, field: string, typeOf: (module: Answer) => string) {
  const path = `v1/projects/${google.projectId}/locations/global/${field}`;
  const all = await google.list({ api: 'securitycentermanagement', path, query: ALL_PAGES }, field);
  return all.map((module) => ({
    id: text(module['name']),
    name: text(module['displayName']) || (text(module['name']).split('/').at(-1) ?? ''),
    type: typeOf(module),
    enabled: module['enablementState'] === 'ENABLED',
  }));
}

const muteConfigs = googleCall({
  permissions: ['securitycenter.muteconfigs.list'],
  list: async (google) => {
    const path = `v1/projects/${google.projectId}/muteConfigs`;
    const all = await google.list({ api: 'securitycenter', path, query: ALL_PAGES }, 'muteConfigs');
    return all.map((mute) => ({ id: text(mute['name']), filter: text(mute['filter']) }));
  },
});

const notificationConfigs = googleCall({
  permissions: ['securitycenter.notificationconfig.list'],
  list: async (google) => {
    const path = `v1/projects/${google.projectId}/notificationConfigs`;
    const all = await google.list({ api: 'securitycenter', path, query: ALL_PAGES }, 'notificationConfigs');
    return all.map((config) => ({ id: text(config['name']) }));
  },
});

/** Which services have resources: of each one resource is enough, so that a large project costs no more than a small one. */
const servicesInUse = googleCall({
  permissions: ['cloudasset.assets.searchAllResources'],
  list: async (google) => {
    const services = assetTypesByService();
    const path = `v1/projects/${google.projectId}:searchAllResources`;
    const found = await inParallel(services, ASKED_AT_ONCE, async ({ service, types }) => {
      const query = { assetTypes: types, pageSize: '1', readMask: 'name,assetType' };
      const answer = object(await google.ask({ api: 'cloudasset', path, query }));
      return objects(answer?.['results']).length > 0 ? [{ id: service }] : [];
    });
    return found.flat();
  },
});

/** Everything that is asked of a project: each list once. */
export const googleCalls = {
  'cloudasset:SearchAllResources': servicesInUse,
  'cloudresourcemanager:GetIamPolicy': auditConfigs,
  'logging:ListLogMetrics': logMetrics,
  'logging:ListSinks': sinks,
  'monitoring:ListAlertPolicies': alertPolicies,
  'monitoring:ListNotificationChannels': channels,
  'monitoring:ListSnoozes': snoozes,
  'securitycenter:ListMuteConfigs': muteConfigs,
  'securitycenter:ListNotificationConfigs': notificationConfigs,
  'securitycentermanagement:ListEffectiveEventThreatDetectionCustomModules': eventModules,
  'securitycentermanagement:ListEffectiveSecurityHealthAnalyticsCustomModules': postureModules,
  'securitycentermanagement:ListSecurityCenterServices': securityServices,
} satisfies Readonly<Record<AllowedCall, GoogleCall>>;

export type GoogleCallName = keyof typeof googleCalls;
export type GoogleItemOf<Name extends GoogleCallName> =
  (typeof googleCalls)[Name] extends GoogleCall<infer Item> ? Item : never;

/** Of what Google sends nothing is taken for granted. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function object(value: unknown): Answer | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Answer) : null;
}

function objects(value: unknown): Answer[] {
  return Array.isArray(value) ? value.map(object).filter((one) => one !== null) : [];
}

/** Flags that are on where nothing is said: plain over REST, wrapped as `{value}` in other clients. */
function isOn(value: unknown): boolean {
  return value !== false && object(value)?.['value'] !== false;
}
