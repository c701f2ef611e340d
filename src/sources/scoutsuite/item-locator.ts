import { hash } from 'node:crypto';
import type { EventDetails, ObservedEvent } from '../../model/observation.ts';
import { resourceByPattern } from './fallback-pattern.ts';
import { walk } from './item-path.ts';
import type { Walk } from './item-path.ts';
import { isEndOfSuffix, itemTemplate, resourceKeys } from './item-template.ts';
import type { ItemTemplate } from './item-template.ts';
import type { Choice, JsonVisitor } from './json-skimmer.ts';
import { memberOf } from './json-value.ts';
import { resourcePaths } from './report.ts';
import type { Report, ReportFinding } from './report.ts';
import { describeResource } from './resource.ts';
import type { Resource } from './resource.ts';
import { stableElement, stableKey, stableText } from './stable-path.ts';

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

/** A place in the tree that leads to wanted resources, or is one. There are many: what is empty is not made. */
interface Place {
  next?: Map<string, Place>;
  wanted?: { item: WantedItem; rank: number }[];
}

/**
 * Finds the resources of flagged items while the report streams by a second time. Only the items of one service are
 * held at a time, and of the tree only the resource that is being looked at.
 */
export class ItemLocator implements JsonVisitor {
  private readonly report: Report;
  private readonly resourcePaths: ReadonlyMap<string, readonly string[]>;
  private readonly remaining: Set<string>;
  private items: WantedItem[] = [];
  /** The places that the current path leads through; the first is the service. */
  private places: Place[] = [];
  private found: ObservedEvent[] = [];

  constructor(report: Report) {
    this.report = report;
    this.resourcePaths = resourcePaths(report.facts.metadata);
    const flagging = report.findings.filter(({ items }) => items.length > 0);
    this.remaining = new Set(flagging.map(({ observed }) => observed.service));
  }

  /** True when the rest of the report cannot tell anything more. */
  get isDone(): boolean {
    return this.remaining.size === 0 && this.places.length === 0;
  }

  choose(path: readonly string[]): Choice {
    const [top, service = ''] = path;
    if (path.length === 1) return top === 'services' ? 'enter' : 'skip';
    if (path.length === 2) return this.beginService(service) ? 'enter' : 'skip';
    const place = this.places[path.length - 3]?.next?.get(path.at(-1) ?? '');
    if (place === undefined) return 'skip';
    this.places[path.length - 2] = place;
    return place.wanted === undefined ? 'enter' : 'keep';
  }

  value(path: readonly string[], value: unknown): void {
    const place = this.places[path.length - 2];
    if (place !== undefined && path.length > 2) {
      this.settle(place, path.slice(1), path.slice(1).map(stableKey), value);
    }
  }

  leave(path: readonly string[]): void {
    if (path.length === 2) this.endService();
  }

  /** The events that were found since the last call. */
  take(): readonly ObservedEvent[] {
    const events = this.found;
    this.found = [];
    return events;
  }

  private beginService(service: string): boolean {
    if (!this.remaining.delete(service)) return false;
    const root: Place = {};
    for (const finding of this.report.findings) {
      if (finding.observed.service === service) this.want(finding, root);
    }
    this.places = [root];
    return true;
  }

  private want(finding: ReportFinding, root: Place): void {
    const { service } = finding.observed;
    const template = itemTemplate(finding, this.resourcePaths.get(service) ?? []);
    const rule = { finding, template };
    const dottedKeys = template.isKnownKind ? this.report.services.get(service)?.dottedKeys : null;
    const mayBeKey = (key: string) => dottedKeys?.has(key) !== false || !key.includes('.');
    for (const item of finding.items) {
      const readings = resourceKeys(withoutServices(item), template, mayBeKey);
      const wanted: WantedItem = { rule, item, isAmbiguous: readings.length > 1, isReported: false };
      this.items.push(wanted);
      for (const [rank, keys] of readings.entries())
        (placeAt(root, keys).wanted ??= []).push({ item: wanted, rank });
    }
    finding.items = [];
  }

  /** Resolves everything that is wanted at a place or below it, of which the whole value is known. */
  private settle(place: Place, keys: readonly string[], stableKeys: readonly string[], value: unknown): void {
    for (const { item, rank } of place.wanted ?? []) {
      if (!item.isReported) this.locate(item, rank, keys, stableKeys, value);
    }
    for (const [key, next] of place.next ?? []) {
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

  private endService(): void {
    for (const { isReported, best, rule, item } of this.items) {
      if (!isReported) this.found.push(best?.event ?? eventByPattern(rule.finding, item));
    }
    this.items = [];
    this.places = [];
  }
}

/** The place at the end of keys that begin with the service, which is the root. */
function placeAt(root: Place, keys: readonly string[]): Place {
  let place = root;
  for (const key of keys.slice(1)) {
    place.next ??= new Map();
    let next = place.next.get(key);
    if (next === undefined) {
      next = {};
      place.next.set(key, next);
    }
    place = next;
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
