import type { Answers } from './google-stand-in.ts';

const PROJECT = 'projects/shop-prod';
const CHANNEL = `${PROJECT}/notificationChannels`;
const SERVICES = `v1/${PROJECT}/locations/global`;

function policy(name: string, condition: object, more: object = {}): object {
  return {
    name: `${PROJECT}/alertPolicies/${name}`,
    displayName: name,
    enabled: true,
    notificationChannels: [`${CHANNEL}/mail`],
    conditions: [{ displayName: name, ...condition }],
    ...more,
  };
}

function onLog(filter: string): object {
  return { conditionMatchedLog: { filter } };
}

function onMetric(name: string): object {
  return {
    conditionThreshold: {
      filter: `metric.type="logging.googleapis.com/user/${name}" AND resource.type="global"`,
      comparison: 'COMPARISON_GT',
    },
  };
}

function metric(name: string, filter: string, more: object = {}): object {
  return { name, filter, ...more };
}

const SINK = 'protoPayload.methodName="google.logging.v2.ConfigServiceV2.DeleteSink"';
const OBJECTS =
  'protoPayload.serviceName="storage.googleapis.com" AND protoPayload.methodName="storage.objects.get"';
const SECRETS =
  'protoPayload.methodName="google.cloud.secretmanager.v1.SecretManagerService.AccessSecretVersion"';

/** A project of Google Cloud: some of its detections work, each of the others is broken in a way of its own. */
export const GOOGLE_PROJECT: Answers = {
  [`/v2/${PROJECT}/metrics`]: {
    metrics: [
      metric('firewall', 'protoPayload.methodName:"compute.firewalls.insert"'),
      metric('lonely', 'protoPayload.methodName="google.iam.admin.v1.CreateServiceAccountKey"'),
    ],
    nextPageToken: 'more',
  },
  [`/v2/${PROJECT}/metrics?page=more`]: {
    metrics: [
      metric('off', 'protoPayload.methodName="SetIamPolicy"', { disabled: true }),
      metric('unfed', SINK, { bucketName: `${PROJECT}/locations/global/buckets/nowhere` }),
      metric('errors', 'severity>=ERROR AND resource.type="k8s_container"'),
    ],
  },
  [`/v2/${PROJECT}/sinks`]: {
    sinks: [
      {
        name: '_Default',
        destination: `logging.googleapis.com/${PROJECT}/locations/global/buckets/_Default`,
      },
    ],
  },
  [`/v3/${PROJECT}/alertPolicies`]: {
    alertPolicies: [
      policy('sink-deleted', onLog(SINK)),
      policy('firewall-changed', onMetric('firewall')),
      policy('secret-read', onLog(SECRETS)),
      policy('off', onLog(SINK), { enabled: false }),
      policy('untold', onLog(SINK), { notificationChannels: [] }),
      policy('channel-gone', onLog(SINK), { notificationChannels: [`${CHANNEL}/gone`] }),
      policy('channel-off', onLog(SINK), { notificationChannels: [`${CHANNEL}/off`] }),
      policy('unverified', onLog(SINK), { notificationChannels: [`${CHANNEL}/unverified`] }),
      policy('snoozed', onLog(SINK)),
      policy('metric-off', onMetric('off')),
      policy('metric-unfed', onMetric('unfed')),
      policy('metric-gone', onMetric('nothing')),
      policy('objects-read', onLog(OBJECTS)),
      policy('unreadable', onLog('protoPayload.methodName=("SetIamPolicy"')),
      policy('cpu', { conditionThreshold: { filter: 'metric.type="compute.googleapis.com/instance/cpu"' } }),
    ],
  },
  [`/v3/${PROJECT}/notificationChannels`]: {
    notificationChannels: [
      { name: `${CHANNEL}/mail`, type: 'email', enabled: true },
      { name: `${CHANNEL}/off`, type: 'email', enabled: false },
      { name: `${CHANNEL}/unverified`, type: 'sms', enabled: true, verificationStatus: 'UNVERIFIED' },
    ],
  },
  [`/v3/${PROJECT}/snoozes`]: {
    snoozes: [
      {
        name: `${PROJECT}/snoozes/1`,
        criteria: { policies: [`${PROJECT}/alertPolicies/snoozed`] },
        interval: { startTime: '2026-01-01T00:00:00Z', endTime: '2099-01-01T00:00:00Z' },
      },
    ],
  },
  [`/v3/${PROJECT}`]: { name: PROJECT, projectId: 'shop-prod', parent: 'organizations/7' },
  [`/v3/${PROJECT}:getIamPolicy`]: { auditConfigs: [] },
  '/v3/organizations/7:getIamPolicy': {
    auditConfigs: [{ service: 'secretmanager.googleapis.com', auditLogConfigs: [{ logType: 'DATA_READ' }] }],
  },
  [`/${SERVICES}/securityCenterServices`]: {
    securityCenterServices: [
      {
        name: `${PROJECT}/locations/global/securityCenterServices/event-threat-detection`,
        intendedEnablementState: 'INHERITED',
        effectiveEnablementState: 'ENABLED',
        modules: { CHANGE_SSO_SETTINGS: { effectiveEnablementState: 'DISABLED' } },
      },
      {
        name: `${PROJECT}/locations/global/securityCenterServices/vm-threat-detection`,
        effectiveEnablementState: 'DISABLED',
      },
    ],
  },
  [`/${SERVICES}/effectiveEventThreatDetectionCustomModules`]: {
    effectiveEventThreatDetectionCustomModules: [
      {
        name: `${PROJECT}/locations/global/effectiveEventThreatDetectionCustomModules/1`,
        displayName: 'regions',
        type: 'CONFIGURABLE_ALLOWED_COMPUTE_ENGINE_REGION',
        enablementState: 'ENABLED',
      },
      {
        name: `${PROJECT}/locations/global/effectiveEventThreatDetectionCustomModules/2`,
        displayName: 'addresses',
        type: 'CONFIGURABLE_BAD_IP',
        enablementState: 'DISABLED',
      },
    ],
  },
  [`/v1/${PROJECT}:searchAllResources?type=storage.googleapis.com/Bucket`]: {
    results: [{ name: '//storage.googleapis.com/shop', assetType: 'storage.googleapis.com/Bucket' }],
  },
  [`/v1/${PROJECT}:searchAllResources?type=secretmanager.googleapis.com/Secret`]: {
    results: [{ name: '//secretmanager.googleapis.com/s', assetType: 'secretmanager.googleapis.com/Secret' }],
  },
};
