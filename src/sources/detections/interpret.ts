import { readSnapshot } from '../../collect/snapshot.ts';
import type { AccountCoverage, Detection, DetectionKind } from '../../model/coverage.ts';
import type { Observation, ObservedEvent, ObservedFinding, ScanFacts } from '../../model/observation.ts';
import { UnverifiedReason } from '../../model/scope.ts';
import type { ScanScope, UnseenPlace } from '../../model/scope.ts';
import { eventHash } from '../event-hash.ts';
import { coverageOf, detectionsOf, providerOf, readScanned } from './detect.ts';
import type { Scanned } from './detect.ts';
import { REASONS } from './reasons.ts';
import type { ReasonCode } from './reasons.ts';

const TELLING: readonly ReasonCode[] = [
  'target-gone',
  'target-refuses',
  'key-refuses',
  'no-subscriber',
  'function-gone',
];
const ALARMING: readonly ReasonCode[] = ['alarm-actions-off', 'no-alarm-action', 'alarm-without-data'];
const RECORDING: readonly ReasonCode[] = ['no-recorder', 'recorder-stopped', 'recorder-failing'];

/** The services that detections are in, and what can be wrong with them there. */
type Checks = Readonly<Record<string, readonly ReasonCode[]>>;

const AWS_CHECKS: Checks = {
  accessanalyzer: ['analyzer-inactive'],
  cloudtrail: ['trail-stopped', 'trail-delivery-error', 'trail-without-management-events'],
  cloudwatch: [...ALARMING, ...TELLING],
  config: [
    ...RECORDING,
    'types-not-recorded',
    'config-rule-inactive',
    'config-rule-failing',
    'function-gone',
    'target-refuses',
  ],
  eventbridge: [
    'rule-disabled',
    'no-target',
    ...TELLING,
    'reads-unseen',
    'global-events-elsewhere',
    'bus-without-events',
    'pattern-unreadable',
    'no-trail',
    'data-events-off',
    'no-detector',
  ],
  guardduty: ['detector-suspended', 'feature-off'],
  logs: [
    'log-group-gone',
    'log-group-unfed',
    'log-delivery-error',
    'log-class-without-filters',
    'no-alarm',
    ...ALARMING,
    ...TELLING,
    'pattern-unreadable',
    'no-trail',
    'data-events-off',
  ],
  macie: ['macie-paused'],
  securityhub: ['standard-not-ready', 'control-disabled', ...RECORDING],
};

const GCP_CHECKS: Checks = {
  monitoring: [
    'policy-disabled',
    'policy-snoozed',
    'no-channel',
    'channel-gone',
    'channel-disabled',
    'channel-unverified',
    'no-alert-policy',
    'metric-disabled',
    'metric-gone',
    'bucket-unfed',
    'data-access-off',
    'pattern-unreadable',
  ],
  securitycenter: ['scc-service-off', 'scc-module-off'],
};

function checksOf(scanned: Scanned): Checks {
  return providerOf(scanned) === 'gcp' ? GCP_CHECKS : AWS_CHECKS;
}

interface Home {
  service: string;
  resourceType: string;
  /** The calls that list them. */
  calls: readonly string[];
}

const HOMES: Readonly<Partial<Record<DetectionKind, Home>>> = {
  'access-analyzer': {
    service: 'accessanalyzer',
    resourceType: 'analyzer',
    calls: ['accessanalyzer:ListAnalyzers'],
  },
  cloudtrail: { service: 'cloudtrail', resourceType: 'trail', calls: ['cloudtrail:DescribeTrails'] },
  alarm: { service: 'cloudwatch', resourceType: 'alarm', calls: ['cloudwatch:DescribeAlarms'] },
  'config-rule': {
    service: 'config',
    resourceType: 'config_rule',
    calls: ['config-service:DescribeConfigRules'],
  },
  'eventbridge-rule': {
    service: 'eventbridge',
    resourceType: 'event_rule',
    calls: ['eventbridge:ListRules'],
  },
  'gcp-log-alert': {
    service: 'monitoring',
    resourceType: 'alert_policy',
    calls: ['monitoring:ListAlertPolicies', 'logging:ListLogMetrics'],
  },
  'gcp-scc': {
    service: 'securitycenter',
    resourceType: 'security_center_service',
    calls: [
      'securitycentermanagement:ListSecurityCenterServices',
      'securitycentermanagement:ListEffectiveEventThreatDetectionCustomModules',
      'securitycentermanagement:ListEffectiveSecurityHealthAnalyticsCustomModules',
    ],
  },
  guardduty: { service: 'guardduty', resourceType: 'detector', calls: ['guardduty:ListDetectors'] },
  'log-alarm': {
    service: 'logs',
    resourceType: 'metric_filter',
    calls: ['cloudwatch-logs:DescribeMetricFilters'],
  },
  'log-subscription': {
    service: 'logs',
    resourceType: 'subscription_filter',
    calls: ['cloudwatch-logs:DescribeLogGroups'],
  },
  macie: { service: 'macie', resourceType: 'session', calls: ['macie2:GetMacieSession'] },
  'securityhub-control': {
    service: 'securityhub',
    resourceType: 'control',
    calls: ['securityhub:GetEnabledStandards'],
  },
};

/** Judges a snapshot: what would notice something, whether it works, and what is broken as events. */
export async function* interpretDetections(file: string): AsyncGenerator<Observation> {
  const scanned = await readScanned(readSnapshot(file));
  const detections = detectionsOf(scanned);
  const coverage = coverageOf(scanned, detections);
  yield { kind: 'scan', scan: factsOf(scanned, detections, coverage) };
  yield { kind: 'coverage', coverage };
  for (const detection of detections) yield { kind: 'detection', detection };
  const broken = detections.flatMap(eventsOf);
  for (const [service, codes] of Object.entries(checksOf(scanned))) {
    const checked = detections.filter(({ kind }) => HOMES[kind]?.service === service).length;
    for (const code of codes) {
      const flagged = broken.filter((event) => event.service === service && event.checkId === code).length;
      yield { kind: 'finding', finding: findingOf(service, code, { flagged, checked }) };
    }
  }
  for (const event of broken) yield { kind: 'event', event };
}

function factsOf(scanned: Scanned, detections: readonly Detection[], coverage: AccountCoverage): ScanFacts {
  const { head } = scanned;
  return {
    source: 'detections',
    accountId: head.accountId,
    scanTime: head.startedAt,
    version: head.version,
    scope: scopeOf(scanned, detections, coverage),
    warnings: coverage.unseen.map(
      ({ call, region, reason }) => `${reason}: ${call}${region === null ? '' : ` in ${region}`}`,
    ),
  };
}

function scopeOf(scanned: Scanned, detections: readonly Detection[], { unseen }: AccountCoverage): ScanScope {
  const { regions, regionsAsked } = scanned.head;
  const services = Object.keys(checksOf(scanned));
  const hidden = unseen.flatMap(({ call, region, reason }): UnseenPlace[] =>
    Object.values(HOMES)
      .filter(({ calls }) => calls.includes(call))
      .map(({ service }) => ({
        service,
        ...(region === null ? {} : { region }),
        reason: UnverifiedReason.FetchError,
        detail: `${reason}: ${call}`,
      })),
  );
  const unknown = detections.filter(({ health }) => health === 'unknown');
  return {
    services: services.map((service) => ({
      service,
      regions: providerOf(scanned) === 'gcp' ? null : regions,
      resources: detections.filter(({ kind }) => HOMES[kind]?.service === service).length,
      // Whatever a call without an answer hides is among the unseen places.
      fetchErrors: 0,
    })),
    requested: {
      services: [],
      skippedServices: [],
      regions: regionsAsked ? regions : [],
      excludedRegions: [],
    },
    ...(regionsAsked
      ? { only: services.flatMap((service) => regions.map((region) => ({ service, region }))) }
      : {}),
    unseen: [
      ...hidden,
      ...unknown.flatMap(({ kind, id, reasons }): UnseenPlace[] => {
        const home = HOMES[kind];
        if (home === undefined) return [];
        const [first] = reasons.filter(({ severity }) => severity === 'unknown');
        return [
          {
            service: home.service,
            resourceId: id,
            reason: UnverifiedReason.FetchError,
            ...(first === undefined ? {} : { detail: first.fact }),
          },
        ];
      }),
    ],
  };
}

function findingOf(
  service: string,
  code: ReasonCode,
  { flagged, checked }: { flagged: number; checked: number },
): ObservedFinding {
  const { title, text, remedy, level } = REASONS[code];
  return {
    service,
    checkId: code,
    level,
    sourceLevel: level,
    title,
    rationale: text,
    remediation: remedy,
    references: [],
    compliance: [],
    flaggedItems: flagged,
    checkedItems: checked,
    evaluated: true,
  };
}

function eventsOf({ id, kind, name, region, reasons, techniques }: Detection): ObservedEvent[] {
  const home = HOMES[kind];
  if (home === undefined) return [];
  const codes = new Set<string>();
  return reasons
    .filter(({ severity, code }) => severity === 'broken' && !codes.has(code) && codes.add(code).size > 0)
    .map(({ code, text, fact }) => {
      const { level } = REASONS[code as ReasonCode];
      const identity = { service: home.service, checkId: code, resourceId: id, stablePath: '' };
      return {
        ...identity,
        level,
        sourceLevel: level,
        resourceName: name,
        resourceType: home.resourceType,
        region,
        itemPath: id,
        eventHash: eventHash(identity),
        details: {
          resourceArn: id,
          reason: text,
          fact,
          techniques: techniques.filter(({ score }) => score >= 0.5).map((technique) => technique.id),
        },
      };
    });
}
