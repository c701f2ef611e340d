import { hash } from 'node:crypto';
import type { EventDetails, ObservedEvent } from '../../model/observation.ts';
import { resourceByPattern } from './fallback-pattern.ts';
import { walk } from './item-path.ts';
import type { Walk } from './item-path.ts';
import { isEndOfSuffix, itemTemplate, resourceKeys } from './item-template.ts';
import type { ItemTemplate } from './item-template.ts';
import type { Choice, JsonVisitor } from './json-skimmer.ts';
import { memberOf } from './json-value.ts';
import type { ReportFinding, ServiceOutline } from './report.ts';
import { describeResource } from './resource.ts';
import type { Resource } from './resource.ts';
import { stableElement, stableKey, stableText } from './stable-path.ts';

/** An item of a finding that is to be looked up. */
export interface FlaggedItem {
  finding: ReportFinding;
  item: string;
}

/** A rule with what it takes to follow its items. */
interface Rule {
  finding: ReportFinding;
  template: ItemTemplate;
}

/** An item that is looked for in the tree. */
interface WantedItem {
  rule: Rule;
  item: string;
  /** Whether its keys can be read in several ways. */
  isAmbiguous: boolean;
  isReported: boolean;
  /** The best of several readings so far. */
  best?: { rank: number; isExpected: boolean; event: ObservedEvent };
}

/** An item that is wanted at a place, in a list of all of them: nearly always there is one. */
interface Wanted {
  item: WantedItem;
  rank: number;
  next: Wanted | undefined;
}

/** A place in the tree that leads to wanted resources, or is one. There are many: what is empty is not made. */
interface Place {
  below: Map<string, Place> | undefined;
  wanted: Wanted | undefined;
}

/**
 * Finds the resources of flagged items of one service while that streams by a second time. Of the tree it holds only the
 * resource that is being looked at.
 */
export class ItemLocator implements JsonVisitor {
  private readonly service: string;
  private items: WantedItem[];
  /** The places that the current path leads through; the first is the service. */
  private readonly places: Place[];
  private found: ObservedEvent[] = [];

  /** @param resourcePaths Where the service's resources lie, e.g. `ec2.regions.id.volumes`. */
  constructor(
    service: string,
    { dottedKeys }: ServiceOutline,
    resourcePaths: readonly string[],
    items: readonly FlaggedItem[],
  ) {
    this.service = service;
    const root: Place = { below: undefined, wanted: undefined };
    this.places = [root];
    const rules = new Map<ReportFinding, Rule>();
    this.items = items.map(({ finding, item }) => {
      const rule = rules.get(finding) ?? { finding, template: itemTemplate(finding, resourcePaths) };
      rules.set(finding, rule);
      const known = rule.template.isKnownKind ? dottedKeys : null;
      return want(rule, item, root, (key) => known?.has(key) !== false || !key.includes('.'));
    });
  }

  choose(path: readonly string[]): Choice {
    const place = this.places[path.length - 1]?.below?.get(path.at(-1) as string);
    if (place === undefined) return 'skip';
    this.places[path.length] = place;
    return place.wanted === undefined ? 'enter' : 'keep';
  }

  value(path: readonly string[], value: unknown): void {
    const keys = [this.service, ...path];
    this.settle(this.places[path.length] as Place, keys, keys.map(stableKey), value);
  }

  /** The events that were found since the last call. */
  take(): readonly ObservedEvent[] {
    const events = this.found;
    this.found = [];
    return events;
  }

  /** Those of items that can be read in several ways, and that the tree does not have. */
  rest(): readonly ObservedEvent[] {
    const missing = this.items.filter(({ isReported }) => !isReported);
    this.items = [];
    return missing.map(({ best, rule, item }) => best?.event ?? eventByPattern(rule.finding, item));
  }

  /** Resolves everything that is wanted at a place or below it, of which the whole value is known. */
  private settle(place: Place, keys: readonly string[], stableKeys: readonly string[], value: unknown): void {
    for (let { wanted } = place; wanted !== undefined; wanted = wanted.next) {
      if (!wanted.item.isReported) this.locate(wanted.item, wanted.rank, keys, stableKeys, value);
    }
    for (const [key, next] of place.below ?? []) {
      const index = Array.isArray(value) ? Number(key) : Number.NaN;
      const member: unknown = Array.isArray(value) ? value[index] : memberOf(value, key);
      if (member === undefined) continue;
      const stable = Array.isArray(value) ? stableElement(value, index) : stableKey(key);
      this.settle(next, [...keys, key], [...stableKeys, stable], member);
    }
  }

  private locate(
    item: WantedItem,
    rank: number,
    keys: readonly string[],
    stableKeys: readonly string[],
    value: unknown,
  ): void {
    const { finding, template } = item.rule;
    const rest = withoutServices(item.item).slice(keys.join('.').length + 1);
    const isExpected = (leftover: string) => isEndOfSuffix(leftover, template);
    const below = walk(value, rest, isExpected);
    const resource = describeResource(keys, template.container, value);
    const event = eventOf(finding, item.item, resource, stablePathOf(stableKeys, below));
    if (item.isAmbiguous) {
      item.best = better(item.best, { rank, isExpected: isExpected(below.leftover), event });
    } else {
      item.isReported = true;
      this.found.push(event);
    }
  }
}

function want(rule: Rule, item: string, root: Place, mayBeKey: (key: string) => boolean): WantedItem {
  const readings = resourceKeys(withoutServices(item), rule.template, mayBeKey);
  const wanted: WantedItem = { rule, item, isAmbiguous: readings.length > 1, isReported: false };
  for (const [rank, keys] of readings.entries()) {
    const place = placeAt(root, keys);
    place.wanted = { item: wanted, rank, next: place.wanted };
  }
  return wanted;
}

/** The place at the end of keys that begin with the service, which is the root. */
function placeAt(root: Place, keys: readonly string[]): Place {
  let place = root;
  for (const key of keys.slice(1)) {
    place.below ??= new Map();
    let below = place.below.get(key);
    if (below === undefined) {
      below = { below: undefined, wanted: undefined };
      place.below.set(key, below);
    }
    place = below;
  }
  return place;
}

/** The requirement documents write item paths with this prefix, ScoutSuite does not. */
function withoutServices(item: string): string {
  return item.startsWith('services.') ? item.slice('services.'.length) : item;
}

type Candidate = NonNullable<WantedItem['best']>;

function better(one: Candidate | undefined, other: Candidate): Candidate {
  if (one === undefined) return other;
  if (one.isExpected !== other.isExpected) return one.isExpected ? one : other;
  return one.rank < other.rank ? one : other;
}

function stablePathOf(stableKeys: readonly string[], below: Walk): string {
  const leftover = below.leftover === '' ? [] : [stableText(below.leftover)];
  return [...stableKeys, ...below.stableKeys, ...leftover].join('.');
}

function eventByPattern(finding: ReportFinding, item: string): ObservedEvent {
  const resource = resourceByPattern(withoutServices(item));
  return eventOf(finding, item, resource, stableText(withoutServices(item)), 'pattern');
}

function eventOf(
  { observed }: ReportFinding,
  itemPath: string,
  resource: Resource,
  stablePath: string,
  resolvedBy: 'tree' | 'pattern' = 'tree',
): ObservedEvent {
  const { service, checkId, level, sourceLevel } = observed;
  return {
    service,
    checkId,
    level,
    sourceLevel,
    resourceId: resource.id,
    resourceName: resource.name,
    resourceType: resource.type,
    region: resource.region,
    itemPath,
    stablePath,
    eventHash: hash('sha256', `${service}:${checkId}:${resource.id}:${stablePath}`),
    details: detailsOf(resource, resolvedBy),
  };
}

function detailsOf(resource: Resource, resolvedBy: 'tree' | 'pattern'): EventDetails {
  const details: EventDetails = { resolvedBy };
  if (resource.arn !== null) details.resourceArn = resource.arn;
  if (resource.vpcId !== null) details.vpcId = resource.vpcId;
  return details;
}
