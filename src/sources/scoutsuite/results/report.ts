import { createHash, hash } from 'node:crypto';
import type { Choice, FileRange, JsonVisitor } from '../../../json/json-skimmer.ts';
import type { ObservedFinding } from '../../../model/observation.ts';
import { ReportLimits } from '../../report-limits.ts';
import { countOf, isObject, memberOf, objectOf, textOf, textsOf } from './json-value.ts';
import type { JsonObject } from './json-value.ts';
import { levelOf } from './levels.ts';
import { holdsResources } from './resource.ts';
import { invalid } from './results-file.ts';

/** A finding as the report has it: what is known of it, and which items it flagged. */
export interface ReportFinding {
  observed: ObservedFinding;
  path: string;
  displayPath: string | null;
  suffixes: readonly string[];
  /** How many items it flagged that are well-formed, each counted once. */
  itemCount: number;
  /** Whether that is all that the list holds. */
  isClean: boolean;
  /** How many of the items that it flagged are not among them. */
  lostItems: number;
  /** The list of its items in the file: of all findings together, there may be too many to hold them. */
  itemsRange: FileRange;
}

type Counted = Pick<ReportFinding, 'itemCount' | 'isClean' | 'lostItems' | 'itemsRange'>;

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
  /** Of the services that this run looked at. */
  findings: readonly ReportFinding[];
  /** Services whose data is of an earlier run, which `scout --update` has merged into this one. */
  earlierServices: readonly string[];
  /** SHA-256 of what the report says, lower-case hex, however it is written. */
  contentSha256: string;
  /** Items that were skipped, and findings that could not be read, with the reason. */
  oddities: readonly string[];
}

/** Paths of AWS are far shorter, and have far fewer parts. */
const MAX_ITEM_LENGTH = 65_536;
const MAX_ITEM_PARTS = 256;

const NOWHERE: FileRange = { offset: 0, bytes: 0 };

/** What is read of a finding, beside its items. */
const FINDING_MEMBERS = [
  'level',
  'description',
  'rationale',
  'remediation',
  'references',
  'compliance',
  'flagged_items',
  'checked_items',
  'path',
  'display_path',
  'id_suffix',
  'class_suffix',
];

const FACTS = ['account_id', 'provider_code', 'partition', 'last_run', 'service_list', 'metadata'];

/** ScoutSuite has some thirty services and three hundred checks. */
const LIMITS = {
  services: { most: 1000, of: 'services' },
  checks: { most: 10_000, of: 'checks' },
  regions: { most: 1000, of: 'regions in one service' },
  textBytes: { most: 32 * 1024 * 1024, of: 'bytes of text in its findings' },
  // An account has at most a million of a kind of resources, and most kinds far fewer.
  items: { most: 500_000, of: 'items in one finding' },
  itemsBytes: { most: 64 * 1024 * 1024, of: 'bytes of items in one finding' },
  factsBytes: { most: 8 * 1024 * 1024, of: 'bytes of facts beside its services' },
  dottedKeysBytes: { most: 32 * 1024 * 1024, of: 'bytes of keys with dots on the way to its resources' },
} as const;
const LIMIT_REMEDY = 'No scan of ScoutSuite is like this: find out where the file comes from.';
/** A member of a finding, or one of its items. */
const MAX_MEMBER_BYTES = 1024 * 1024;
/** What a key costs beside its characters. */
const DOTTED_KEY_BYTES = 64;

/** Reads a report but for its resources, which it only counts. */
export class ReportReader implements JsonVisitor {
  private readonly file: string;
  private readonly facts: Record<string, unknown> = {};
  private readonly services = new Map<string, ServiceOutline>();
  private readonly findings: ReportFinding[] = [];
  private readonly oddities: string[] = [];
  /** Of the findings. */
  private readonly digests: string[] = [];
  private containers: ReadonlyMap<string, readonly string[][]> = new Map();
  /** Members that may stand once only. */
  private readonly met = new Set<string>();
  private checks = 0;
  /** Of the finding that is being read, whose items come one by one. */
  private members = new Map<string, unknown>();
  private items: unknown[] = [];
  private itemsBytes = 0;
  private itemsRange: FileRange = NOWHERE;
  private readonly limits: ReportLimits<keyof typeof LIMITS>;

  constructor(file: string) {
    this.file = file;
    this.limits = new ReportLimits(LIMITS, (problem) => invalid(file, problem, LIMIT_REMEDY));
  }

  choose(path: readonly string[]): Choice {
    const [top = '', service = '', member] = path;
    if (isUnique(path)) this.meet(path);
    if (path.length === 1) return top === 'services' ? 'enter' : chooseIf(FACTS.includes(top));
    if (path.length === 2) {
      const dottedKeys = this.containers.has(service) ? new Set<string>() : null;
      this.limits.check('services', this.services.size + 1);
      this.services.set(service, { regions: null, resources: 0, dottedKeys, range: NOWHERE });
      return 'enter';
    }
    if (member === 'findings' && path.length === 3) return 'enter';
    if (member === 'findings') return this.chooseInFinding(path);
    return this.outline(service, path);
  }

  value(path: readonly string[], value: unknown, range: FileRange): void {
    const [top = '', service = '', member, checkId = ''] = path;
    if (path.length === 1) {
      this.limits.hold('factsBytes', range.bytes);
      this.takeFact(top, value);
    } else if (path.length === 2) this.oddities.push(`services.${service} is not an object; skipped.`);
    else if (member === 'findings' && path.length === 4) {
      this.oddities.push(`services.${service}.findings.${checkId} is not an object; skipped.`);
    } else if (path.length === 5) this.members.set(path[4] as string, value);
    else if (path.length === 6) this.takeItem(value, range);
  }

  mostBytes(path: readonly string[]): number {
    return path[2] === 'findings' ? MAX_MEMBER_BYTES : LIMITS.factsBytes.most;
  }

  leave(path: readonly string[], range: FileRange): void {
    const [, service = '', member, checkId = ''] = path;
    if (path.length === 2) {
      const outline = this.services.get(service);
      if (outline !== undefined) outline.range = range;
    } else if (member !== 'findings') return;
    else if (path.length === 5) this.takeItems(range);
    else if (path.length === 4) this.takeFinding(service, checkId, Object.fromEntries(this.members));
  }

  report(): Report {
    const earlierServices = servicesOfEarlierRuns(this.facts);
    return {
      facts: this.facts,
      services: this.services,
      findings: this.findings.filter(({ observed }) => !earlierServices.includes(observed.service)),
      earlierServices,
      contentSha256: this.contentSha256(),
      oddities: this.oddities,
    };
  }

  private contentSha256(): string {
    const { account_id: accountId, last_run: run, service_list: services } = this.facts;
    const facts = [accountId, memberOf(run, 'time'), memberOf(run, 'version'), services];
    return hash('sha256', JSON.stringify([facts, this.digests.toSorted()]));
  }

  /** @throws VedetteError `results-invalid` for a member that was there before: which of the two counts, nobody knows. */
  private meet(path: readonly string[]): void {
    const key = JSON.stringify(path);
    if (this.met.has(key)) throw invalid(this.file, `has ${path.join('.').slice(0, 200)} twice`);
    this.met.add(key);
  }

  private takeFact(name: string, value: unknown): void {
    this.facts[name] = value;
    if (name === 'metadata') this.containers = resourceContainers(value);
  }

  private chooseInFinding(path: readonly string[]): Choice {
    if (path.length === 4) {
      this.limits.check('checks', (this.checks += 1));
      this.members = new Map();
      this.items = [];
      this.itemsBytes = 0;
      this.itemsRange = NOWHERE;
      return 'enter';
    }
    if (path.length === 5 && path[4] === 'items') return 'each';
    return chooseIf(path.length > 5 || FINDING_MEMBERS.includes(path[4] ?? ''));
  }

  private takeItem(item: unknown, { bytes }: FileRange): void {
    this.limits.check('items', this.items.push(item));
    this.limits.check('itemsBytes', (this.itemsBytes += bytes));
  }

  private takeItems(range: FileRange): void {
    this.limits.check('itemsBytes', range.bytes);
    this.members.set('items', this.items);
    this.itemsRange = range;
  }

  private takeFinding(service: string, checkId: string, value: JsonObject): void {
    const { items, skipped, lost } = readItems(service, value);
    for (const [reason, count] of skipped) {
      this.oddities.push(`${count === 1 ? '1 item' : `${count} items`} of ${checkId} skipped: ${reason}.`);
    }
    const { itemsRange } = this;
    const counted = { itemCount: items.length, isClean: skipped.size === 0, lostItems: lost, itemsRange };
    const finding = readFinding(service, checkId, value);
    this.limits.hold('textBytes', textBytesOf(finding));
    this.findings.push({ ...finding, ...counted });
    this.digests.push(digestOf(finding.observed, value.items));
  }

  /** Notes regions and counts resources; looks into whatever may hold more of them. */
  private outline(service: string, path: readonly string[]): Choice {
    const outline = this.services.get(service);
    if (outline === undefined) return 'skip';
    if (path[2] === 'regions' && path.length === 3) outline.regions = [];
    if (path[2] === 'regions' && path.length === 4 && outline.regions !== null) {
      this.limits.check('regions', outline.regions.push(path[3] as string));
    }

    const key = path.at(-1) ?? '';
    if (key.includes('.') && outline.dottedKeys !== null && !outline.dottedKeys.has(key)) {
      this.limits.hold('dottedKeysBytes', 2 * key.length + DOTTED_KEY_BYTES);
      outline.dottedKeys.add(key);
    }

    let holdsMore = path[2] === 'regions' && path.length === 3;
    for (const container of this.containers.get(service) ?? []) {
      if (!isOnWay(path, container)) continue;
      if (path.length === container.length + 1) outline.resources += 1;
      else holdsMore = true;
    }
    return holdsMore ? 'enter' : 'skip';
  }
}

function digestOf(
  { service, checkId, sourceLevel, flaggedItems, checkedItems }: ObservedFinding,
  items: unknown,
): string {
  const digest = createHash('sha256');
  digest.update(JSON.stringify([service, checkId, sourceLevel, flaggedItems, checkedItems]));
  const list: readonly unknown[] = Array.isArray(items) ? items : [];
  for (const item of list) digest.update(`\n${JSON.stringify(item)}`);
  return digest.digest('hex');
}

/** The list of services holds those that were merged, too; the parameters of the run do not. */
function servicesOfEarlierRuns({ last_run: run, service_list: services }: JsonObject): string[] {
  const parameters = memberOf(run, 'run_parameters');
  const wanted = textsOf(memberOf(parameters, 'services')).filter((name) => name !== '');
  const skipped = textsOf(memberOf(parameters, 'skipped_services'));
  return textsOf(services).filter(
    (service) => (wanted.length > 0 && !wanted.includes(service)) || skipped.includes(service),
  );
}

/** Services, their lists of findings, checks and items; resources are only counted. */
function isUnique(path: readonly string[]): boolean {
  if (path[0] !== 'services') return path.length === 1 && FACTS.includes(path[0] ?? '');
  if (path[2] !== 'findings') return path.length <= 2;
  return path.length <= 4 || (path.length === 5 && path[4] === 'items');
}

function textBytesOf({ observed, path, displayPath, suffixes }: Omit<ReportFinding, keyof Counted>): number {
  return 2 * JSON.stringify([observed, path, displayPath, suffixes]).length;
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
): Omit<ReportFinding, keyof Counted> {
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

/**
 * The items that can be followed, each once; the others are counted by what is wrong with them. `lost` are those that the
 * check flagged and that cannot be followed, or that are not in the list.
 */
export function readItems(
  service: string,
  finding: unknown,
): { items: string[]; skipped: Map<string, number>; lost: number } {
  const value = memberOf(finding, 'items');
  const items = new Set<string>();
  const skipped = new Map<string, number>();
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const skip = (reason: string) => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  const beginning = `${service}.`;
  const longBeginning = `services.${beginning}`;
  let repeated = 0;
  for (const item of list) {
    if (typeof item !== 'string') skip('not a text');
    else if (item.length > MAX_ITEM_LENGTH) skip(`longer than ${MAX_ITEM_LENGTH} characters`);
    else if (hasMoreParts(item, MAX_ITEM_PARTS)) skip(`more than ${MAX_ITEM_PARTS} parts`);
    else if (!item.startsWith(beginning) && !item.startsWith(longBeginning)) skip(`not a path in ${service}`);
    else if (items.size === items.add(item).size) repeated += 1;
  }
  const flagged = Math.max(countOf(memberOf(finding, 'flagged_items')), list.length);
  const lost = flagged - items.size - repeated;
  if (repeated > 0) skipped.set('listed twice', repeated);
  return { items: [...items], skipped, lost };
}

function hasMoreParts(item: string, most: number): boolean {
  if (item.length < most) return false;
  let parts = 1;
  for (let at = item.indexOf('.'); at >= 0 && parts <= most; at = item.indexOf('.', at + 1)) parts += 1;
  return parts > most;
}
