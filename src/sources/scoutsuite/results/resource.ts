import { memberOf, objectOf, textOf } from './json-value.ts';
import { isHashedKey, stableKey } from './stable-path.ts';
import { tagsOf } from './tags.ts';

/** What an event is about, as the results' tree shows it. */
export interface Resource {
  id: string;
  name: string | null;
  type: string;
  /** Null for a global resource. */
  region: string | null;
  arn: string | null;
  vpcId: string | null;
  tags: Readonly<Record<string, string>> | null;
}

/** Containers whose members are no resources of AWS, only places of ScoutSuite's for what a region has or lacks. */
const PLACES = ['regions', 'regional_settings'];

const SPECIAL_TYPES: ReadonlyMap<string, string> = new Map([
  ['lbs', 'load_balancer'],
  ['elbs', 'load_balancer'],
  ['aliases', 'alias'],
]);

/** True when the members of a container can be counted as resources. */
export function holdsResources(container: string): boolean {
  return !PLACES.includes(container);
}

/** `security_groups` → `security_group`, `identities` → `identity`. */
export function resourceType(container: string): string {
  const special = SPECIAL_TYPES.get(container);
  if (special !== undefined) return special;
  if (container.endsWith('ies')) return `${container.slice(0, -3)}y`;
  if (/(?:ss|x|sh)es$/.test(container)) return container.slice(0, -2);
  return /[^s]s$/.test(container) ? container.slice(0, -1) : container;
}

/**
 * Describes the resource at the end of the keys, which begin with the service.
 *
 * @param container The template's segment before the resource's own key, or the key itself where it has none.
 */
export function describeResource(keys: readonly string[], container: string, value: unknown): Resource {
  const key = keys.at(-1) ?? '';
  const object = objectOf(value);
  const region = keyAfter('regions', keys) ?? textOf(memberOf(object, 'region'));
  const arn = arnOf(object);
  const isPlace = !holdsResources(container) && region !== null;
  return {
    id: isPlace ? region : resourceId(key, arn, nameOf(object)),
    name: isPlace ? region : nameOf(object),
    type: resourceType(container),
    region,
    arn,
    vpcId: keyAfter('vpcs', keys),
    tags: tagsOf(object),
  };
}

function resourceId(key: string, arn: string | null, name: string | null): string {
  return isHashedKey(key) ? (arn ?? name ?? stableKey(key)) : key;
}

export function keyAfter(container: string, keys: readonly string[]): string | null {
  const at = keys.indexOf(container, 1);
  return at < 0 ? null : (keys[at + 1] ?? null);
}

function nameOf(object: unknown): string | null {
  return firstText(memberOf(object, 'name')) ?? firstText(memberOf(object, 'user'));
}

/** ScoutSuite's ARN of a bucket is the pattern of its objects; and not everything that it calls an ARN is one. */
function arnOf(object: unknown): string | null {
  const arn = firstText(memberOf(object, 'arn'));
  return arn?.startsWith('arn:') === true ? arn.replace(/^(arn:[^:]*:s3:::[^/]+)\/\*$/, '$1') : null;
}

/** Some resources carry lists of one element in place of a text. */
function firstText(value: unknown): string | null {
  return textOf(Array.isArray(value) ? value[0] : value);
}
