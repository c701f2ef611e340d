import type { Choice, JsonVisitor } from '../../../json/json-skimmer.ts';
import type { EventDetails, ObservedEvent } from '../../../model/observation.ts';
import { eventHash } from '../../event-hash.ts';
import { resourceByPattern } from './fallback-pattern.ts';
import { walk } from './item-path.ts';
import type { Walk } from './item-path.ts';
import { isEndOfSuffix, isParent, itemTemplate, plainResourceKey, resourceKeys } from './item-template.ts';
import type { ItemTemplate } from './item-template.ts';
import { memberOf } from './json-value.ts';
import type { ReportFinding, ServiceOutline } from './report.ts';
import { describeResource } from './resource.ts';
import type { Resource } from './resource.ts';
import { stableElement, stableKey, stableText } from './stable-path.ts';

/** Items of a finding that are to be looked up. */
export interface FlaggedItems {
  finding: ReportFinding;
  items: readonly string[];
}

/** A rule with what it takes to follow its items. */
interface Rule {
  finding: ReportFinding;
  template: ItemTemplate;
  /** False for keys with dots that the tree is known not to have. */
  mayBeKey: (key: string) => boolean;
  /** Where no key has dots, the places of the parents of resources by their path; null for a path of other rules. */
  parents: Map<string, Place | null> | undefined;
}

/** A way to read an item that is looked for in the tree: nearly always the only one. There are many of these. */
interface Wanted {
  rule: Rule;
  item: string;
  isReported: boolean;
  /** Ways that come first have lower ranks. */
  rank: number;
  /** What an item's readings share, where there are several: the best so far. */
  several: { best: Candidate | undefined } | undefined;
  /** The next one that is wanted at the same place: nearly always there is none. */
  next: Wanted | undefined;
}

interface Candidate {
  rank: number;
  isExpected: boolean;
  event: ObservedEvent;
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
  /** One of each item's readings. */
  private wanted: Wanted[] = [];
  /** The places that the current path leads through; the first is the service. */
  private readonly places: Place[];
  private found: ObservedEvent[] = [];

  /** @param resourcePaths Where the service's resources lie, e.g. `ec2.regions.id.volumes`. */
  constructor(
    service: string,
    { dottedKeys }: ServiceOutline,
    resourcePaths: readonly string[],
    flagged: readonly FlaggedItems[],
  ) {
    this.service = service;
    const root: Place = { below: undefined, wanted: undefined };
    this.places = [root];
    for (const { finding, items } of flagged) {
      const rule = ruleOf(finding, resourcePaths, dottedKeys);
      for (const item of items) this.wanted.push(want(rule, item, root));
    }
  }

  choose(path: readonly string[]): Choice {
    const place = this.places[path.length - 1]?.below?.get(path.at(-1) as string);
    if (place === undefined) return 'skip';
    this.places[path.length] = place;
    return place.wanted === undefined ? 'enter' : 'keep';
  }

  value(path: readonly string[], value: unknown): void {
    const keys = [this.service, ...path];
    const found = { keys, text: keys.join('.'), stableText: keys.map(stableKey).join('.'), value };
    this.settle(this.places[path.length] as Place, found);
  }

  /** The events that were found since the last call. */
  take(): readonly ObservedEvent[] {
    const events = this.found;
    this.found = [];
    return events;
  }

  /** Those of items that can be read in several ways, and that the tree does not have. */
  rest(): readonly ObservedEvent[] {
    const missing = this.wanted.filter(({ isReported }) => !isReported);
    this.wanted = [];
    return missing.map(
      ({ several, rule, item }) => several?.best?.event ?? eventByPattern(rule.finding, item),
    );
  }

  /** Resolves everything that is wanted at a place or below it, of which the whole value is known. */
  private settle(place: Place, found: Found): void {
    for (let { wanted } = place; wanted !== undefined; wanted = wanted.next) {
      if (!wanted.isReported) this.locate(wanted, found);
    }
    if (place.below === undefined) return;
    const { keys, text, value } = found;
    for (const [key, next] of place.below) {
      const index = Array.isArray(value) ? Number(key) : Number.NaN;
      const member: unknown = Array.isArray(value) ? value[index] : memberOf(value, key);
      if (member === undefined) continue;
      const stable = Array.isArray(value) ? stableElement(value, index) : stableKey(key);
      this.settle(next, {
        keys: [...keys, key],
        text: `${text}.${key}`,
        stableText: `${found.stableText}.${stable}`,
        value: member,
      });
    }
  }

  private locate(wanted: Wanted, { keys, text, stableText: stable, value }: Found): void {
    const { rule, item, rank, several } = wanted;
    const { finding, template } = rule;
    const rest = withoutServices(item).slice(text.length + 1);
    const isExpected = (leftover: string) => isEndOfSuffix(leftover, template);
    const below = walk(value, rest, isExpected);
    const resource = describeResource(keys, template.container, value);
    const event = eventOf(finding, item, resource, stablePathOf(stable, below));
    if (several === undefined) {
      wanted.isReported = true;
      this.found.push(event);
    } else {
      several.best = better(several.best, { rank, isExpected: isExpected(below.leftover), event });
    }
  }
}

/** A value of the tree, and where it stands. */
interface Found {
  /** Of the results, beginning with the service. */
  keys: readonly string[];
  /** The keys joined by dots, as they are and as they stand in stable paths. */
  text: string;
  stableText: string;
  value: unknown;
}

function ruleOf(
  finding: ReportFinding,
  resourcePaths: readonly string[],
  dottedKeys: ReadonlySet<string> | null,
): Rule {
  const template = itemTemplate(finding, resourcePaths);
  const known = template.isKnownKind ? dottedKeys : null;
  const mayBeKey = (key: string) => known?.has(key) !== false || !key.includes('.');
  return { finding, template, mayBeKey, parents: known?.size === 0 ? new Map() : undefined };
}

/** Puts the item's readings at their places, and gives one of them. */
function want(rule: Rule, item: string, root: Place): Wanted {
  const path = withoutServices(item);
  if (rule.parents !== undefined) {
    const place = onlyPlace(rule.template, rule.parents, path, root);
    return wantAt(place, { rule, item, isReported: false, rank: 0, several: undefined, next: undefined });
  }
  const readings = resourceKeys(path, rule.template, rule.mayBeKey);
  const several = readings.length > 1 ? { best: undefined } : undefined;
  let wanted: Wanted = { rule, item, isReported: false, rank: 0, several, next: undefined };
  for (const [rank, keys] of readings.entries()) {
    wanted = wantAt(placeAt(root, keys), { ...wanted, rank });
  }
  return wanted;
}

function wantAt(place: Place | null, wanted: Wanted): Wanted {
  if (place === null) return wanted;
  wanted.next = place.wanted;
  place.wanted = wanted;
  return wanted;
}

/** Where the item's resource is, when no key has dots: one look-up for the parent, which items have in common. */
function onlyPlace(
  template: ItemTemplate,
  parents: Map<string, Place | null>,
  path: string,
  root: Place,
): Place | null {
  const resource = plainResourceKey(path, template);
  if (resource === null) return null;
  let parent = parents.get(resource.parent);
  if (parent === undefined) {
    const keys = resource.parent.split('.');
    parent = isParent(keys, template) ? placeAt(root, keys) : null;
    parents.set(resource.parent, parent);
  }
  return parent === null ? null : placeBelow(parent, resource.key);
}

/** The place at the end of keys that begin with the service, which is the root. */
function placeAt(root: Place, keys: readonly string[]): Place {
  return keys.slice(1).reduce(placeBelow, root);
}

function placeBelow(place: Place, key: string): Place {
  place.below ??= new Map();
  let below = place.below.get(key);
  if (below === undefined) {
    below = { below: undefined, wanted: undefined };
    place.below.set(key, below);
  }
  return below;
}

/** The requirement documents write item paths with this prefix, ScoutSuite does not. */
function withoutServices(item: string): string {
  return item.startsWith('services.') ? item.slice('services.'.length) : item;
}

function better(one: Candidate | undefined, other: Candidate): Candidate {
  if (one === undefined) return other;
  if (one.isExpected !== other.isExpected) return one.isExpected ? one : other;
  return one.rank < other.rank ? one : other;
}

function stablePathOf(stable: string, below: Walk): string {
  const leftover = below.leftover === '' ? [] : [stableText(below.leftover)];
  return [stable, ...below.stableKeys, ...leftover].join('.');
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
    eventHash: eventHash({ service, checkId, resourceId: resource.id, stablePath }),
    details: detailsOf(resource, resolvedBy),
  };
}

function detailsOf(resource: Resource, resolvedBy: 'tree' | 'pattern'): EventDetails {
  const details: EventDetails = { resolvedBy };
  if (resource.arn !== null) details.resourceArn = resource.arn;
  if (resource.vpcId !== null) details.vpcId = resource.vpcId;
  if (resource.tags !== null) details.tags = resource.tags;
  return details;
}
