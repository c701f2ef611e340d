import { VedetteError } from '../../errors.ts';

/** A pattern of EventBridge as its JSON says. */
export type EventPattern = { readonly [field: string]: EventPattern | readonly Condition[] };

type Condition = string | number | boolean | null | EventPattern | { readonly [operator: string]: unknown };

/**
 * Reads a pattern of EventBridge.
 *
 * @throws VedetteError `usage` that says what is wrong with it
 */
export function parseEventPattern(text: string): EventPattern {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch (cause) {
    throw new VedetteError('usage', 'The event pattern is no JSON.', { cause });
  }
  if (!isObject(pattern)) throw new VedetteError('usage', 'An event pattern is a JSON object.');
  assertPattern(pattern, '$');
  return pattern as EventPattern;
}

const OPERATORS = [
  'prefix',
  'suffix',
  'anything-but',
  'equals-ignore-case',
  'wildcard',
  'numeric',
  'cidr',
  'exists',
];

function assertPattern(pattern: Readonly<Record<string, unknown>>, path: string): void {
  for (const [field, wanted] of Object.entries(pattern)) {
    const place = `${path}.${field}`;
    if (field === '$or') {
      if (!Array.isArray(wanted) || wanted.length === 0 || !wanted.every(isObject)) {
        throw new VedetteError('usage', `${place} is no list of patterns.`);
      }
      for (const [index, one] of wanted.entries()) {
        assertPattern(one, `${place}[${index}]`);
      }
    } else if (Array.isArray(wanted)) {
      if (wanted.length === 0) throw new VedetteError('usage', `${place} is an empty list.`);
      for (const condition of wanted) {
        if (!isObject(condition)) continue;
        const stranger = Object.keys(condition).find((operator) => !OPERATORS.includes(operator));
        if (stranger !== undefined) {
          throw new VedetteError(
            'usage',
            `${place} has the operator ${JSON.stringify(stranger)}, which is not known.`,
          );
        }
      }
    } else if (isObject(wanted)) assertPattern(wanted, place);
    else throw new VedetteError('usage', `${place} is neither a list nor an object.`);
  }
}

/** Whether an event meets a pattern, as EventBridge judges: fields are joined by and, what a list holds by or. */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === '$or') return (wanted as readonly EventPattern[]).some((one) => matchesPattern(one, event));
    const value = isObject(event) ? event[field] : undefined;
    if (!Array.isArray(wanted)) {
      const part = wanted as EventPattern;
      if (Array.isArray(value)) return value.some((one) => matchesPattern(part, one));
      return matchesPattern(part, isObject(value) ? value : {});
    }
    return wanted.some((condition: Condition) => meets(condition, value));
  });
}

function meets(condition: unknown, value: unknown): boolean {
  if (isObject(condition) && 'exists' in condition) {
    // Only what holds a value exists: an object is none.
    const exists = value !== undefined && !isObject(value);
    return exists === condition['exists'];
  }
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.some((one) => meetsOne(condition, one));
}

function meetsOne(condition: unknown, value: unknown): boolean {
  if (!isObject(condition)) return value === condition;
  return Object.entries(condition).every(([operator, operand]) => applies(operator, operand, value));
}

function applies(operator: string, operand: unknown, value: unknown): boolean {
  switch (operator) {
    case 'prefix':
    case 'suffix':
      return isText(value) && affixed(operator, operand, value);
    case 'equals-ignore-case':
      return isText(value) && isText(operand) && value.toLowerCase() === operand.toLowerCase();
    case 'wildcard':
      return isText(value) && isText(operand) && wildcardOf(operand).test(value);
    case 'numeric':
      return typeof value === 'number' && numeric(operand, value);
    case 'cidr':
      return isText(value) && isText(operand) && inBlock(operand, value);
    case 'anything-but':
      return value !== undefined && !excluded(operand, value);
    default:
      return false;
  }
}

function affixed(operator: 'prefix' | 'suffix', operand: unknown, value: string): boolean {
  const ignoresCase = isObject(operand) && isText(operand['equals-ignore-case']);
  const affix = ignoresCase ? (operand['equals-ignore-case'] as string) : operand;
  if (!isText(affix)) return false;
  const [text, part] = ignoresCase ? [value.toLowerCase(), affix.toLowerCase()] : [value, affix];
  return operator === 'prefix' ? text.startsWith(part) : text.endsWith(part);
}

function excluded(operand: unknown, value: unknown): boolean {
  if (Array.isArray(operand)) return operand.includes(value);
  if (!isObject(operand)) return operand === value;
  return Object.entries(operand).some(([operator, inner]) =>
    (Array.isArray(inner) ? inner : [inner]).some((one) => applies(operator, one, value)),
  );
}

/** `\*` is a star. */
function wildcardOf(pattern: string): RegExp {
  const parts = pattern
    .split(/(?<!\\)\*/)
    .map((part) => part.replaceAll(/\\([*\\])/g, '$1').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

function numeric(operand: unknown, value: number): boolean {
  if (!Array.isArray(operand)) return false;
  for (let index = 0; index < operand.length; index += 2) {
    const bound = Number(operand[index + 1]);
    const met = {
      '=': value === bound,
      '<': value < bound,
      '<=': value <= bound,
      '>': value > bound,
      '>=': value >= bound,
    }[String(operand[index])];
    if (met !== true) return false;
  }
  return true;
}

function inBlock(block: string, address: string): boolean {
  const [network = '', bits = ''] = block.split('/');
  const [wanted, given] = [addressBits(network), addressBits(address)];
  const length = Number(bits);
  return (
    wanted !== null && given?.length === wanted.length && given.slice(0, length) === wanted.slice(0, length)
  );
}

function addressBits(address: string): string | null {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) {
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  }
  if (!/^[\da-f:]+$/i.test(address)) return null;
  const [head = '', tail] = address.split('::');
  const first = head.split(':').filter(Boolean);
  const last = (tail ?? '').split(':').filter(Boolean);
  const missing = tail === undefined ? 0 : 8 - first.length - last.length;
  if (missing < 0) return null;
  const groups = [...first, ...Array.from({ length: missing }, () => '0'), ...last];
  return groups.length === 8
    ? groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')
    : null;
}

/** What conditions on one field name, with `*` where anything may stand; null where they name nothing. */
export function namedValues(conditions: unknown): string[] | null {
  if (!Array.isArray(conditions)) return null;
  const named = conditions.flatMap((condition: unknown): string[] => {
    if (isText(condition)) return [condition];
    if (!isObject(condition)) return [];
    const [[operator, operand] = ['', null]] = Object.entries(condition);
    const inner = isObject(operand) ? operand['equals-ignore-case'] : operand;
    if (!isText(inner)) return [];
    switch (operator) {
      case 'prefix':
        return [`${inner}*`];
      case 'suffix':
        return [`*${inner}`];
      case 'wildcard':
      case 'equals-ignore-case':
        return [inner];
      default:
        // What it must not be says nothing of what it is.
        return [];
    }
  });
  return named.length === 0 ? null : named;
}

/** The pattern without `$or`: every way in which its fields can be met, at most `limit` of them. */
export function alternatives(pattern: EventPattern, limit = 64): EventPattern[] {
  let all: EventPattern[] = [{}];
  for (const [field, wanted] of Object.entries(pattern)) {
    const ways: EventPattern[] =
      field === '$or'
        ? (wanted as readonly EventPattern[]).flatMap((one) => alternatives(one, limit))
        : Array.isArray(wanted)
          ? [{ [field]: wanted }]
          : alternatives(wanted as EventPattern, limit).map((inner) => ({ [field]: inner }));
    all = all.flatMap((before) => ways.map((way) => merged(before, way))).slice(0, limit);
  }
  return all;
}

function merged(one: EventPattern, other: EventPattern): EventPattern {
  const joined: Record<string, EventPattern | readonly Condition[]> = { ...one };
  for (const [field, wanted] of Object.entries(other)) {
    const before = joined[field];
    joined[field] =
      before !== undefined && !Array.isArray(before) && !Array.isArray(wanted)
        ? merged(before as EventPattern, wanted as EventPattern)
        : wanted;
  }
  return joined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
