import type { AllowedCall } from '../../aws/read-only.ts';
import { account } from './account.ts';
import { application, applicationSlos } from './applications.ts';
import { config, configInventory } from './config.ts';
import { cost, service } from './cost.ts';
import { inventory } from './inventory.ts';
import { marketplace, resourceTags, serviceResources } from './resources.ts';
import { computeOptimizer, riSpRecommendations, riSpSavings } from './savings.ts';
import type { Section } from './section.ts';
import { security } from './security.ts';
import { health, supportTickets, trustedAdvisor } from './support.ts';

/** In the order of the payload. */
export const sections: readonly Section[] = [
  account,
  service,
  cost,
  riSpSavings,
  riSpRecommendations,
  marketplace,
  config,
  configInventory,
  security,
  inventory,
  serviceResources,
  resourceTags,
  computeOptimizer,
  trustedAdvisor,
  health,
  application,
  applicationSlos,
  supportTickets,
];

/** Sections of the format that nothing collects, and why: payloads say so. */
export const NOT_COLLECTED: Readonly<Record<string, string>> = {
  resilience_hub: 'This sender does not ask AWS Resilience Hub.',
};

/** How a sender finds its way in. */
export const ENTRY_CALLS: readonly AllowedCall[] = ['sts:GetCallerIdentity', 'ec2:DescribeRegions'];

/** Everything that a sender may send. */
export function callsOf(chosen: readonly Section[]): ReadonlySet<AllowedCall> {
  return new Set([
    ...ENTRY_CALLS,
    ...chosen.flatMap(({ parts }) => Object.values(parts).flatMap(({ calls }) => calls)),
  ]);
}

/** How IAM calls services that AWS's SDK calls otherwise. */
const IAM_NAMES: Readonly<Record<string, string>> = {
  'cost-explorer': 'ce',
  'config-service': 'config',
  'secrets-manager': 'secretsmanager',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  'resource-groups-tagging-api': 'tag',
  'marketplace-entitlement-service': 'aws-marketplace',
};
/** Calls that IAM calls otherwise. */
const IAM_ACTIONS: Readonly<Record<string, string>> = { 's3:ListBuckets': 's3:ListAllMyBuckets' };

/** The actions that an IAM policy must allow for these sections, in order. */
export function permissionsOf(chosen: readonly Section[]): string[] {
  const actions = [...callsOf(chosen)].map((call) => {
    const [name = '', operation = ''] = call.split(':');
    return IAM_ACTIONS[call] ?? `${IAM_NAMES[name] ?? name}:${operation}`;
  });
  return [...new Set(actions)].toSorted();
}
