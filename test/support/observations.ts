import { createHash } from 'node:crypto';
import type { Observation, ObservedEvent, ObservedFinding, ScanFacts } from '../../src/model/observation.ts';
import type { ScanScope, ServiceScope } from '../../src/model/scope.ts';

/** A scan made up for a test; what is left out has a plain value. */
export interface MadeUpScan {
  accountId?: string;
  source?: string;
  scanTime: string;
  /** By default every service of the events, with all regions they name, many resources and no errors. */
  services?: readonly Partial<ServiceScope>[];
  requested?: Partial<ScanScope['requested']>;
  only?: ScanScope['only'];
  unseen?: ScanScope['unseen'];
  /** Checks beside those of the events, as `service/check`. */
  checks?: readonly string[];
  events: readonly Partial<ObservedEvent>[];
  warnings?: readonly string[];
  /** Of the scanner. */
  version?: string;
}

export const ACCOUNT = '111111111111';

/** `at(3)` is a time three minutes after the first. */
export function at(minutes: number): string {
  return new Date(Date.UTC(2026, 10, 22, 12, minutes)).toISOString();
}

export function madeUpEvent(event: Partial<ObservedEvent>): ObservedEvent {
  const service = event.service ?? 'ec2';
  const checkId = event.checkId ?? 'ec2-open-port';
  const resourceId = event.resourceId ?? 'sg-1';
  const stablePath = event.stablePath ?? `${service}.things.${resourceId}`;
  return {
    service,
    checkId,
    level: 'high',
    sourceLevel: 'danger',
    resourceId,
    resourceName: `name of ${resourceId}`,
    resourceType: 'security_group',
    region: 'eu-west-1',
    itemPath: stablePath,
    stablePath,
    eventHash: createHash('sha256').update(`${service}:${checkId}:${resourceId}:${stablePath}`).digest('hex'),
    details: { resolvedBy: 'tree' },
    ...event,
  };
}

export function madeUpFinding(finding: Partial<ObservedFinding>): ObservedFinding {
  return {
    service: 'ec2',
    checkId: 'ec2-open-port',
    level: 'high',
    sourceLevel: 'danger',
    title: 'A port is open',
    rationale: 'Anybody can connect.',
    remediation: null,
    references: ['https://example.com/why'],
    compliance: [{ name: 'CIS', version: '1.0.0', reference: '4.1' }],
    flaggedItems: 0,
    checkedItems: 10,
    evaluated: true,
    ...finding,
  };
}

/** The observations of a made-up scan, as a source gives them. */
export async function* observe(scan: MadeUpScan): AsyncGenerator<Observation> {
  const events = scan.events.map(madeUpEvent);
  yield { kind: 'scan', scan: factsOf(scan, events) };
  const checks = new Set([
    ...(scan.checks ?? []),
    ...events.map(({ service, checkId }) => `${service}/${checkId}`),
  ]);
  for (const check of checks) {
    const [service = '', checkId = ''] = check.split('/');
    const flaggedItems = events.filter(
      (event) => event.service === service && event.checkId === checkId,
    ).length;
    yield { kind: 'finding', finding: madeUpFinding({ service, checkId, flaggedItems }) };
  }
  for (const event of events) yield { kind: 'event', event };
}

function factsOf(scan: MadeUpScan, events: readonly ObservedEvent[]): ScanFacts {
  const named = new Set(events.map(({ service }) => service));
  const services = scan.services ?? [...named].map((service) => ({ service }));
  return {
    source: scan.source ?? 'scoutsuite',
    accountId: scan.accountId ?? ACCOUNT,
    scanTime: scan.scanTime,
    version: scan.version ?? '5.14.0',
    scope: {
      services: services.map((service) => ({
        service: 'ec2',
        regions: ['eu-west-1', 'us-east-1'],
        resources: 10,
        fetchErrors: 0,
        ...service,
      })),
      requested: { services: [], skippedServices: [], regions: [], excludedRegions: [], ...scan.requested },
      ...(scan.only === undefined ? {} : { only: scan.only }),
      unseen: scan.unseen ?? [],
    },
    warnings: scan.warnings ?? [],
  };
}
