import type { DetectedTechnique } from '../../model/coverage.ts';
import { coverageData } from '../data.ts';
import type { Provider } from '../data.ts';
import type { Watched } from '../patterns/watched.ts';
import { serviceOfEvent, servicesOfEvents } from '../services.ts';
import { wildcard } from './event-name.ts';
import type { NamedEvent } from './event-name.ts';
import { mapEvents, WEAK } from './map-events.ts';

/** What a detection sees. */
export interface Mapped {
  techniques: readonly DetectedTechnique[];
  targetServices: readonly string[];
}

/** A technique that a finding's type stands for is as good as named by it. */
const OF_FINDING = 0.9;
const CTID_SCORES = { minimal: 0.3, partial: 0.55, significant: 0.75 } as const;
/** Comments that name more rules at once say nothing of the single one. */
const CTID_MOST_NAMED = 3;

/**
 * What a rule that watches events and findings sees.
 *
 * @param features of GuardDuty that are switched on where the rule is; null for all
 */
export function mapWatched(
  provider: Provider,
  { events, findings }: Watched,
  features: ReadonlySet<string> | null = null,
): Mapped {
  const denied = events.some(({ source }) => source === '*denied');
  const named = events.filter(({ source }) => source !== '*denied');
  const parts = [ofEvents(provider, named), ...findings.map((finding) => ofFindings(finding, features))];
  if (denied) parts.push(REFUSED);
  return merged(parts);
}

/** Calls that are refused: a sign of somebody who looks around with stolen credentials. */
const REFUSED: Mapped = {
  techniques: [
    { id: 'T1580', score: 0.6, evidence: ['watches refused calls'], services: [] },
    { id: 'T1078.004', score: 0.55, evidence: ['watches refused calls'], services: [] },
  ],
  targetServices: [],
};

/** What rules see that are the same in many regions and accounts. */
const knownRules = new Map<string, Mapped>();
const MOST_KNOWN_RULES = 2000;

function ofEvents(provider: Provider, events: readonly NamedEvent[]): Mapped {
  const key = JSON.stringify([provider, events]);
  const known = knownRules.get(key) ?? mappedEvents(provider, events);
  // Rules come from the accounts of others: the memory of them is bounded.
  if (knownRules.size >= MOST_KNOWN_RULES) knownRules.clear();
  knownRules.set(key, known);
  return known;
}

function mappedEvents(provider: Provider, events: readonly NamedEvent[]): Mapped {
  const techniques = mapEvents(provider, events)
    .filter(({ score }) => score >= WEAK)
    .map(({ id, score, evidence, events: signs }) => ({
      id,
      score,
      evidence,
      services: servicesOfEvents(provider, signs),
    }));
  const named = events.map((event) => serviceOfEvent(provider, event)).filter((one) => one !== null);
  const signs = techniques.flatMap(({ services }) => services);
  return { techniques, targetServices: [...new Set([...named, ...signs])].toSorted() };
}

function ofFindings(
  { product, types }: Watched['findings'][number],
  features: ReadonlySet<string> | null,
): Mapped {
  switch (product) {
    case 'guardduty':
      return ofGuardDuty(types, features);
    case 'config':
      return merged(types.map((type) => ofConfigRule(type, [])));
    case 'macie':
      return MACIE;
    case 'access-analyzer':
      return ACCESS_ANALYZER;
    case 'health':
    case 'trustedadvisor':
      return {
        techniques: [
          { id: 'T1552', score: 0.6, evidence: [`${product} tells of exposed keys`], services: ['IAM'] },
        ],
        targetServices: ['IAM'],
      };
    default:
      return { techniques: [], targetServices: [] };
  }
}

/** What GuardDuty finds by itself. @param features that are switched on; null for all */
export function ofGuardDuty(types: readonly string[], features: ReadonlySet<string> | null): Mapped {
  const wanted = types.map((type) => wildcard(type));
  const active = coverageData('aws-native').guardduty.filter(
    ({ type, feature, retired }) =>
      retired === undefined &&
      (features === null || feature === 'FOUNDATIONAL' || features.has(feature)) &&
      (wanted.length === 0 || wanted.some((pattern) => pattern.test(type))),
  );
  return merged(
    active.map(({ type, techniques, services }) => ({
      techniques: techniques.map(({ id }, index) => ({
        id,
        score: index === 0 ? OF_FINDING : 0.7,
        evidence: [`GuardDuty finds ${type}`],
        services,
      })),
      targetServices: services,
    })),
  );
}

/** By the identifier of a managed rule of AWS Config, or its name; what it judges by its types of resources. */
export function ofConfigRule(identifier: string, services: readonly string[]): Mapped {
  const plain = identifier.toLowerCase().replaceAll('_', '-');
  const rule = coverageData('aws-native').config_rules.find(
    (one) => one.identifier === identifier || one.rule === plain,
  );
  const targetServices = services.length > 0 ? services : (rule?.services ?? []);
  const named = (rule?.ctid ?? []).filter(({ category }) => category !== 'respond');
  return {
    techniques: named.map(({ id, score, co, category }) => ({
      id,
      score: CTID_SCORES[score] * (co > CTID_MOST_NAMED ? 0.75 : 1),
      evidence: [`AWS Config ${rule?.rule ?? plain}: ${category}s, ${score}`],
      services: targetServices,
    })),
    targetServices,
  };
}

/** A control of Security Hub that watches for something; those that judge a resource see what their Config rule sees. */
export function ofSecurityHubControl(control: string): Mapped {
  const found = coverageData('aws-native').security_hub_monitoring_controls.find(
    (one) => one.control === control,
  );
  const techniques = (found?.techniques ?? []).map(({ id }) => ({
    id,
    // That there is an alarm is judged, not what the alarm is for.
    score: 0.55,
    evidence: [`Security Hub ${control} asks for the alarm`],
    services: [],
  }));
  return { techniques, targetServices: [] };
}

export const MACIE: Mapped = {
  techniques: [
    { id: 'T1530', score: 0.6, evidence: ['Macie finds exposed data in buckets'], services: ['S3'] },
  ],
  targetServices: ['S3'],
};

const SHARED = [
  'S3',
  'IAM',
  'KMS',
  'Lambda',
  'SQS',
  'SecretsManager',
  'SNS',
  'EBS',
  'RDS',
  'ECR',
  'EFS',
  'DynamoDB',
];

export const ACCESS_ANALYZER: Mapped = {
  techniques: [
    { id: 'T1199', score: 0.6, evidence: ['Access Analyzer finds trust in strangers'], services: ['IAM'] },
    {
      id: 'T1537',
      score: 0.6,
      evidence: ['Access Analyzer finds what is shared with strangers'],
      services: SHARED,
    },
    {
      id: 'T1530',
      score: 0.55,
      evidence: ['Access Analyzer finds what strangers can read'],
      services: SHARED,
    },
  ],
  targetServices: SHARED,
};

export const INSPECTOR: Readonly<Record<string, Mapped>> = Object.fromEntries(
  [
    ['ec2', 'EC2'],
    ['ecr', 'ECR'],
    ['lambda', 'Lambda'],
  ].map(([type, service]) => [
    type,
    {
      techniques: [
        {
          id: 'T1190',
          score: 0.55,
          evidence: [`Inspector finds what can be exploited in ${service}`],
          services: [service as string],
        },
      ],
      targetServices: [service as string],
    },
  ]),
);

/** What looks for something by itself in Security Command Center. */
export type SecurityCommandCenterModule =
  | 'event-threat-detection'
  | 'container-threat-detection'
  | 'vm-threat-detection'
  | 'security-health-analytics';

interface SecurityCommandCenterRule {
  category: string;
  /** As modules are called in the settings of the service. */
  rule?: string | null;
  /** The kinds of log that it reads. */
  log?: readonly string[];
  methods?: readonly { service: string }[];
  unavailable?: unknown;
}

/** Rules of Security Command Center by their category or name. */
export function ofSecurityCommandCenter(
  module: SecurityCommandCenterModule,
  isWanted: (rule: SecurityCommandCenterRule) => boolean = () => true,
): Mapped {
  const native = coverageData('gcp-native');
  const rules = {
    'event-threat-detection': native.event_threat_detection,
    'container-threat-detection': native.container_threat_detection,
    'vm-threat-detection': native.vm_threat_detection,
    'security-health-analytics': native.security_health_analytics,
  }[module];
  const score = module === 'security-health-analytics' ? 0.55 : OF_FINDING;
  return merged(
    rules.filter(isWanted).map(({ category, techniques }) => foundBy(category, techniques, score)),
  );
}

/** A module that people have added to Event Threat Detection, by its template. */
export function ofEventModule(template: string): Mapped {
  const found = coverageData('gcp-native').etd_custom_modules.find((one) => one.template === template);
  return foundBy(template, found?.techniques ?? [], OF_FINDING);
}

/** What is named first it stands for, what follows it may be. */
function foundBy(category: string, techniques: readonly { id: string }[], score: number): Mapped {
  return {
    techniques: techniques.map(({ id }, index) => ({
      id,
      score: index === 0 ? score : score * 0.8,
      evidence: [`Security Command Center finds ${category}`],
      services: [],
    })),
    targetServices: [],
  };
}

/** Several parts of one detection: of a technique the best score, all services, and some of the evidence. */
export function merged(parts: readonly Mapped[]): Mapped {
  const byId = new Map<string, DetectedTechnique>();
  for (const technique of parts.flatMap(({ techniques }) => techniques)) {
    const before = byId.get(technique.id);
    if (before === undefined) byId.set(technique.id, technique);
    else byId.set(technique.id, joinedTechnique(before, technique));
  }
  return {
    techniques: [...byId.values()].toSorted(
      (one, other) => other.score - one.score || (one.id < other.id ? -1 : 1),
    ),
    targetServices: [...new Set(parts.flatMap(({ targetServices }) => targetServices))].toSorted(),
  };
}

function joinedTechnique(one: DetectedTechnique, other: DetectedTechnique): DetectedTechnique {
  // Without a service it is seen everywhere.
  const everywhere = one.services.length === 0 || other.services.length === 0;
  return {
    id: one.id,
    score: Math.max(one.score, other.score),
    evidence: [...new Set([...one.evidence, ...other.evidence])].slice(0, 5),
    services: everywhere ? [] : [...new Set([...one.services, ...other.services])].toSorted(),
  };
}
