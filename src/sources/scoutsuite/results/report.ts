import type { ObservedFinding } from '../../../model/observation.ts';
import type { Choice, FileRange, JsonVisitor } from './json-skimmer.ts';
import { countOf, isObject, memberOf, objectOf, textOf, textsOf } from './json-value.ts';
import type { JsonObject } from './json-value.ts';
import { levelOf } from './levels.ts';
import { holdsResources } from './resource.ts';

/** A finding as the report has it: what is known of it, and which items it flagged. */
export interface ReportFinding {
  observed: ObservedFinding;
  path: string;
  displayPath: string | null;
  suffixes: readonly string[];
  /** How many items it flagged that are well-formed, each counted once. */
  itemCount: number;
  /** Whether that is all of them. */
  isClean: boolean;
  /** The whole finding in the file: there may be too many items to hold them all. */
  range: FileRange;
}

/** What the tree shows of one service without looking into its resources. */
export interface ServiceOutline {
  /** Names under `regions`; null when there is no such member. */
  regions: string[] | null;
  resources: number;
  /** Keys on the way to the resources that contain dots; null where that way was not known. */
  dottedKeys: Set<string> | null;
  /** The whole service in the file. */
  range: FileRange;
}

/** Everything that is held of a report while its events are looked up. */
export interface Report {
  /** Members of the root, as they stand: `account_id`, `provider_code`, `partition`, `last_run`, `service_list`, `metadata`. */
  facts: JsonObject;
  services: ReadonlyMap<string, ServiceOutline>;
  findings: readonly ReportFinding[];
  /** Items that were skipped, and findings that could not be read, with the reason. */
  oddities: readonly string[];
}

const FACTS = ['account_id', 'provider_code', 'partition', 'last_run', 'service_list', 'metadata'];

/** Reads a report but for its resources, which it only counts. */
export class ReportReader implements JsonVisitor {
  private readonly facts: Record<string, unknown> = {};
  private readonly services = new Map<string, ServiceOutline>();
  private readonly findings: ReportFinding[] = [];
  private readonly oddities: string[] = [];
  private containers: ReadonlyMap<string, readonly string[][]> = new Map();

  choose(path: readonly string[]): Choice {
    const [top = '', service = '', member] = path;
    if (path.length === 1) return top === 'services' ? 'enter' : chooseIf(FACTS.includes(top));
    if (path.length === 2) {
      const dottedKeys = this.containers.has(service) ? new Set<string>() : null;
      const range = { offset: 0, bytes: 0 };
      this.services.set(service, { regions: null, resources: 0, dottedKeys, range });
      return 'enter';
    }
    if (member === 'findings') return path.length === 3 ? 'enter' : 'keep';
    return this.outline(service, path);
  }

  value(path: readonly string[], value: unknown, range: FileRange): void {
    const [top = '', service = '', member, checkId = ''] = path;
    if (path.length === 1) this.takeFact(top, value);
    else if (path.length === 2) this.oddities.push(`services.${service} is not an object; skipped.`);
    else if (member === 'findings' && path.length === 4) this.takeFinding(service, checkId, value, range);
  }

  leave([, service, member]: readonly string[], range: FileRange): void {
    const outline = member === undefined ? this.services.get(service ?? '') : undefined;
    if (outline !== undefined) outline.range = range;
  }

  report(): Report {
    return { facts: this.facts, services: this.services, findings: this.findings, oddities: this.oddities };
  }

  private takeFact(name: string, value: unknown): void {
    this.facts[name] = value;
    if (name === 'metadata') this.containers = resourceContainers(value);
  }

  private takeFinding(service: string, checkId: string, value: unknown, range: FileRange): void {
    if (!isObject(value)) {
      this.oddities.push(`services.${service}.findings.${checkId} is not an object; skipped.`);
      return;
    }
    const { items, skipped } = readItems(service, value.items);
    for (const [reason, count] of skipped) {
      this.oddities.push(`${count === 1 ? '1 item' : `${count} items`} of ${checkId} skipped: ${reason}.`);
    }
    const counted = { itemCount: items.length, isClean: skipped.size === 0 };
    this.findings.push({ ...readFinding(service, checkId, value), ...counted, range });
  }

  /** Notes regions and counts resources; looks into whatever may hold more of them. */
  private outline(service: string, path: readonly string[]): Choice {
    const outline = this.services.get(service);
    if (outline === undefined) return 'skip';
    if (path[2] === 'regions' && path.length === 3) outline.regions = [];
    if (path[2] === 'regions' && path.length === 4) outline.regions?.push(path[3] as string);

    const key = path.at(-1) ?? '';
    if (key.includes('.')) outline.dottedKeys?.add(key);

    let holdsMore = path[2] === 'regions' && path.length === 3;
    for (const container of this.containers.get(service) ?? []) {
      if (!isOnWay(path, container)) continue;
      if (path.length === container.length + 1) outline.resources += 1;
      else holdsMore = true;
    }
    return holdsMore ? 'enter' : 'skip';
  }
}

function chooseIf(wanted: boolean): Choice {
  return wanted ? 'keep' : 'skip';
}

/** True when the path leads to a container, is it, or is one of its members. */
function isOnWay(path: readonly string[], container: readonly string[]): boolean {
  if (path.length > container.length + 1) return false;
  for (let index = 2; index < Math.min(path.length, container.length); index += 1) {
    if (container[index] !== 'id' && container[index] !== path[index]) return false;
  }
  return true;
}

/** For each service, where its resources lie: `['services', 'ec2', 'regions', 'id', 'volumes']`. */
function resourceContainers(metadata: unknown): Map<string, string[][]> {
  const containers = new Map<string, string[][]>();
  for (const [service, paths] of resourcePaths(metadata)) {
    const split = paths.map((path) => ['services', ...path.split('.')]);
    containers.set(
      service,
      split.filter((segments) => holdsResources(segments.at(-1) ?? '')),
    );
  }
  return containers;
}

/** For each service, the paths of its kinds of resources, such as `ec2.regions.id.volumes`. */
export function resourcePaths(metadata: unknown): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const group of Object.values(objectOf(metadata))) {
    for (const [service, description] of Object.entries(objectOf(group))) {
      const kinds = Object.values(objectOf(memberOf(description, 'resources')));
      const found = kinds.flatMap((kind) => textsOf(memberOf(kind, 'path')));
      const within = found.map((path) => path.replace(/^services\./, ''));
      paths.set(service, [...(paths.get(service) ?? []), ...within]);
    }
  }
  return paths;
}

function readFinding(
  service: string,
  checkId: string,
  value: JsonObject,
): Omit<ReportFinding, 'itemCount' | 'isClean' | 'range'> {
  const sourceLevel = textOf(value.level) ?? '';
  return {
    observed: {
      service,
      checkId,
      level: levelOf(checkId, sourceLevel),
      sourceLevel,
      title: textOf(value.description) ?? checkId,
      rationale: textOf(value.rationale),
      remediation: textOf(value.remediation),
      references: textsOf(value.references),
      compliance: readCompliance(value.compliance),
      flaggedItems: countOf(value.flagged_items),
      checkedItems: countOf(value.checked_items),
      evaluated: Array.isArray(value.items),
    },
    path: textOf(value.path) ?? service,
    displayPath: textOf(value.display_path),
    suffixes: [...textsOf(value.id_suffix), ...textsOf(value.class_suffix)],
  };
}

function readCompliance(value: unknown): ObservedFinding['compliance'] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.filter(isObject).map((entry) => ({
    name: wordOf(entry.name),
    version: wordOf(entry.version),
    reference: wordOf(entry.reference),
  }));
}

/** Versions of a standard may be written as numbers. */
function wordOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : (textOf(value) ?? '');
}

/** The items that can be followed, each once; the others are counted by what is wrong with them. */
export function readItems(
  service: string,
  value: unknown,
): { items: string[]; skipped: Map<string, number> } {
  const items = new Set<string>();
  const skipped = new Map<string, number>();
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const skip = (reason: string) => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  const beginning = `${service}.`;
  const longBeginning = `services.${beginning}`;
  for (const item of list) {
    if (typeof item !== 'string') skip('not a text');
    else if (!item.startsWith(beginning) && !item.startsWith(longBeginning)) skip(`not a path in ${service}`);
    else if (items.size === items.add(item).size) skip('listed twice');
  }
  return { items: [...items], skipped };
}
