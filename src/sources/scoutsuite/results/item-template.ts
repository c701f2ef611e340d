import { alignments, fits } from './item-path.ts';
import type { TemplateSegment } from './item-path.ts';

/** How the items of one rule are built: the keys along its path, then a suffix. */
export interface ItemTemplate {
  /** Each a way to read an item, in groups: the next group only counts where nothing of the one before fits. */
  readings: readonly (readonly (readonly TemplateSegment[])[])[];
  suffix: readonly TemplateSegment[];
  /** The keys that lead to the resource. */
  toResource: readonly TemplateSegment[];
  /** Whether the resource is one of the kinds that the report describes. */
  isKnownKind: boolean;
  /** The segment that says what kind of resource it is. */
  container: string;
}

/** What a finding says of its items, as ScoutSuite names it. */
export interface ItemDescription {
  path: string;
  displayPath: string | null;
  /** `id_suffix` and `class_suffix`, in this order, as far as given. */
  suffixes: readonly string[];
}

const ANYTHING: TemplateSegment = 'placeholder';
const EXPANDED_BY_SCOUTSUITE = /_GET_VALUE_AT_\((?:[^()]|\([^()]*\))*\)/;

/**
 * @param resourcePaths Where the service's resources lie, e.g. `ec2.regions.id.volumes`.
 */
export function itemTemplate(description: ItemDescription, resourcePaths: readonly string[]): ItemTemplate {
  const path = description.path.split('.');
  const knownLength = Math.max(
    0,
    ...resourcePaths.map((resource) => lengthIfBeginning(path, `${resource}.id`)),
  );
  const resourceLength = knownLength > 0 ? knownLength : guessedLength(path, description.displayPath);
  const isPlaceholder = path[resourceLength - 1] === 'id';
  const suffix = description.suffixes.flatMap(suffixSegments);
  const segments = path.map(templateSegment);
  const toResource = segments.slice(0, resourceLength);
  return {
    readings: readingsOf(segments, suffix, toResource),
    suffix,
    toResource,
    isKnownKind: knownLength > 0,
    container: path[resourceLength - (isPlaceholder ? 2 : 1)] ?? '',
  };
}

/** As the rule says; else with a suffix that it does not declare; else only as far as the resource. */
function readingsOf(
  path: readonly TemplateSegment[],
  suffix: readonly TemplateSegment[],
  toResource: readonly TemplateSegment[],
): ItemTemplate['readings'] {
  const undeclared = [path, [...path, ANYTHING]];
  const onlyResource = [toResource, [...toResource, ANYTHING]];
  return suffix.length === 0
    ? [undeclared, onlyResource]
    : [[[...path, ...suffix]], undeclared, onlyResource];
}

/** Where the kind of resource is not described: as far as the page that shows it, else to the last `id`. */
function guessedLength(path: readonly string[], displayPath: string | null): number {
  const displayed = displayPath?.endsWith('.id') === true ? lengthIfBeginning(path, displayPath) : 0;
  if (displayed > 0) return displayed;
  const lastId = path.lastIndexOf('id');
  return lastId > 0 ? lastId + 1 : Math.min(path.length, 2);
}

function lengthIfBeginning(path: readonly string[], beginning: string): number {
  const segments = beginning.split('.');
  return segments.every((segment, index) => path[index] === segment) ? segments.length : 0;
}

function templateSegment(segment: string): TemplateSegment {
  return segment === 'id' ? 'placeholder' : { literal: segment };
}

/** Literal, but for the values that ScoutSuite looks up. */
function suffixSegments(suffix: string): TemplateSegment[] {
  const lookUp = EXPANDED_BY_SCOUTSUITE.exec(suffix);
  if (lookUp === null) return literals(suffix);
  const after = suffix.slice(lookUp.index + lookUp[0].length);
  return [...literals(suffix.slice(0, lookUp.index)), 'placeholder', ...suffixSegments(after)];
}

function literals(text: string): TemplateSegment[] {
  return text
    .split('.')
    .filter((segment) => segment !== '')
    .map((literal) => ({ literal }));
}

/**
 * The keys that lead to an item's resource, service first: nearly always one list of them, several where keys with
 * dots leave a choice (the longest keys first), none where the item does not follow its rule.
 *
 * @param mayBeKey False for keys with dots that the tree is known not to have.
 */
export function resourceKeys(
  item: string,
  { readings, toResource }: ItemTemplate,
  mayBeKey: (key: string) => boolean,
): string[][] {
  const segments = item.split('.');
  for (const group of readings) {
    const found = group.flatMap((reading) => alignments(segments, reading));
    const possible = found
      .map((keys) => keys.slice(0, toResource.length))
      .filter((keys) => keys.every(mayBeKey));
    if (possible.length > 0) return distinct(possible);
  }
  return [];
}

function distinct(lists: readonly string[][]): string[][] {
  if (lists.length === 1) return [...lists];
  return [...new Map(lists.map((keys) => [JSON.stringify(keys), keys])).values()];
}

/**
 * The same where no key contains a dot, so that there is one reading at most: the resource's key, and the path of its
 * parent, which many items have in common. Whether that one follows the rule is left to `isParent`.
 */
export function plainResourceKey(
  item: string,
  { toResource }: ItemTemplate,
): { parent: string; key: string } | null {
  let start = 0;
  let end = -1;
  for (let segment = 0; segment < toResource.length; segment += 1) {
    if (end === item.length) return null;
    start = end + 1;
    const dot = item.indexOf('.', start);
    end = dot < 0 ? item.length : dot;
  }
  const key = item.slice(start, end);
  return fits(key, toResource.at(-1) ?? ANYTHING) ? { parent: item.slice(0, start - 1), key } : null;
}

/** Whether these keys can be those of a resource's parent. */
export function isParent(keys: readonly string[], { toResource }: ItemTemplate): boolean {
  return keys.every((key, index) => fits(key, toResource[index] ?? ANYTHING));
}

/** True for what can be left of an item when everything that the tree has of it is taken away. */
export function isEndOfSuffix(leftover: string, template: ItemTemplate): boolean {
  if (leftover === '') return true;
  const segments = leftover.split('.');
  return template.suffix.some((_, start) => alignments(segments, template.suffix.slice(start)).length > 0);
}
