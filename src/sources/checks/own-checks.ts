import { z } from 'zod';
import type { CollectedItem } from '../../collect/call.ts';
import { readYamlFile, yamlFilesIn } from '../../config/yaml-files.ts';
import { LEVELS } from '../../model/level.ts';
import { allChecks } from './all-checks.ts';
import { calls } from './calls.ts';
import type { CallName, DetailName, ListName } from './calls.ts';
import { CATEGORIES, DEPTHS, fail, pass, unknown } from './catalogue.ts';
import type { Check, Outcome, View } from './catalogue.ts';
import { invalidOwnCheck } from './errors.ts';
import { matches } from './iam-policy/document.ts';

/** So that no check of ours will ever be called the same. */
const OWN_ID = /^own-[a-z0-9]+(?:-[a-z0-9]+)*$/;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
type Scalar = z.output<typeof scalar>;

/** What may be asked of a value. */
const OPERATORS = {
  is: scalar,
  'is-not': scalar,
  in: z.array(scalar).min(1),
  'not-in': z.array(scalar).min(1),
  contains: scalar,
  'contains-not': scalar,
  like: z.string(),
  'not-like': z.string(),
  below: z.number(),
  above: z.number(),
  exists: z.undefined(),
  missing: z.undefined(),
} as const;
type Operator = keyof typeof OPERATORS;
const OPERATOR_NAMES = Object.keys(OPERATORS) as [Operator, ...Operator[]];

const condition = z
  .strictObject({
    /** A detail call that is asked about the resource; without it the path is one of the resource itself. */
    call: z.string().optional(),
    path: z.string().regex(/^[^.\s]+(?:\.[^.]+)*$/, 'expected names with dots between them'),
    operator: z.enum(OPERATOR_NAMES, { error: `expected one of ${OPERATOR_NAMES.join(', ')}` }),
    value: z.unknown().optional(),
  })
  .superRefine(({ operator, value }, context) => {
    if (OPERATORS[operator].safeParse(value).success) return;
    context.addIssue({
      code: 'custom',
      path: ['value'],
      message: `is nothing that ${operator} can be asked of`,
    });
  });
type Condition = z.output<typeof condition>;

const conditions = z.preprocess(
  (value) => (Array.isArray(value) || value === undefined ? value : [value]),
  z.array(condition).min(1),
);

const text = z.string({ error: 'expected a text' }).trim().min(1, 'expected a text');
const ownCheck = z.strictObject({
  id: z
    .string({ error: 'expected a text' })
    .max(100)
    .regex(OWN_ID, 'expected small letters, digits and dashes, and own- before them'),
  title: text,
  level: z.enum(LEVELS, { error: `expected one of ${LEVELS.join(', ')}` }),
  depth: z.enum(DEPTHS, { error: `expected one of ${DEPTHS.join(', ')}` }).default('standard'),
  category: z.enum(CATEGORIES, { error: `expected one of ${CATEGORIES.join(', ')}` }).default('governance'),
  /** The call that lists what is judged. */
  resource: z.string({ error: 'expected a call, such as ec2:DescribeVolumes' }),
  service: z
    .string()
    .regex(/^[a-z0-9]+$/, 'expected small letters and digits')
    .optional(),
  resourceType: z
    .string()
    .regex(/^AWS::\w+::\w+$/, 'expected a name such as AWS::EC2::Volume')
    .optional(),
  failsWhen: text,
  remediation: text,
  /** Of the resources, those that it concerns: where all of these hold. */
  where: conditions.optional(),
  /** It fails where all of these hold. */
  failsIf: conditions,
});
type OwnCheck = z.output<typeof ownCheck>;

/**
 * The checks that the YAML files of a folder declare, sorted by file and place. They judge what the collectors give, and can
 * do nothing else.
 *
 * @throws VedetteError `config-invalid` that names file and line of everything that is wrong
 */
export function readOwnChecks(folder: string): Check[] {
  const found: { check: Check; at: string }[] = [];
  const problems: string[] = [];
  for (const file of yamlFilesIn(folder, REMEDY)) {
    const read = checksIn(file);
    found.push(...read.checks);
    problems.push(...read.problems);
  }
  const seen = new Map<string, string>();
  for (const { check, at } of found) {
    const first = seen.get(check.id);
    if (first === undefined) seen.set(check.id, at);
    else problems.push(`${at}: ${check.id} is there already, at ${first}`);
  }
  if (problems.length > 0) throw invalidOwnCheck(problems);
  return found.map(({ check }) => check);
}

interface ReadFile {
  checks: { check: Check; at: string }[];
  problems: string[];
}

const REMEDY = 'VEDETTE_CHECKS_FOLDER (checks.folder) names the folder with checks of your own.';

function checksIn(file: string): ReadFile {
  const source = readYamlFile(file, { remedy: REMEDY });
  if ('problem' in source) return { checks: [], problems: [source.problem] };
  const { content, at } = source;
  const top = z.strictObject({ checks: z.array(z.unknown()) }).safeParse(content);
  if (!top.success)
    return { checks: [], problems: [`${at([])}: expected a list named checks, and nothing else`] };
  const read: ReadFile = { checks: [], problems: [] };
  for (const [index, entry] of top.data.checks.entries()) {
    const parsed = ownCheck.safeParse(entry);
    const issues = parsed.success
      ? strangeCalls(parsed.data)
      : parsed.error.issues.flatMap((issue) =>
          issue.code === 'unrecognized_keys'
            ? issue.keys.map((key) => ({ path: [...issue.path, key], message: 'there is no such word' }))
            : [{ path: issue.path, message: issue.message }],
        );
    read.problems.push(
      ...issues.map(
        ({ path, message }) => `${at(['checks', index, ...path])}: ${path.join('.')}: ${message}`,
      ),
    );
    if (parsed.success && issues.length === 0) {
      read.checks.push({ check: checkOf(parsed.data), at: at(['checks', index]) });
    }
  }
  return read;
}

function strangeCalls(own: OwnCheck): { path: PropertyKey[]; message: string }[] {
  const lists = Object.entries(calls).filter(([, call]) => 'list' in call);
  if (!lists.some(([name]) => name === own.resource)) {
    const known = lists.map(([name]) => name).toSorted();
    return [{ path: ['resource'], message: `no collector lists that; there are ${known.join(', ')}` }];
  }
  const details = Object.entries(calls)
    .filter(([, call]) => 'of' in call && call.of === own.resource)
    .map(([name]) => name);
  const known = details.length === 0 ? 'there is none' : `there are ${details.join(', ')}`;
  return (['where', 'failsIf'] as const).flatMap((word) =>
    (own[word] ?? []).flatMap(({ call }, index) =>
      call === undefined || details.includes(call)
        ? []
        : [{ path: [word, index, 'call'], message: `no collector asks that of ${own.resource}; ${known}` }],
    ),
  );
}

function checkOf(own: OwnCheck): Check {
  const { id, title, level, depth, category, resource, failsWhen, remediation, where = [], failsIf } = own;
  const on = resource as ListName;
  // What is judged beside it is called the same.
  const alike = allChecks.find((check) => check.on.includes(on));
  const service = own.service ?? alike?.service ?? resource.slice(0, resource.indexOf(':'));
  const details = [...where, ...failsIf].flatMap(({ call }) =>
    call === undefined ? [] : [call as DetailName],
  );
  return {
    id,
    title,
    service,
    depth,
    level,
    category,
    resourceType: own.resourceType ?? alike?.resourceType ?? `AWS::${service.toUpperCase()}::Resource`,
    failsWhen,
    remediation,
    on: [on],
    needs: [...new Set<CallName>([on, ...details])],
    isGlobal: calls[on].where === 'global',
    isOverall: false,
    parameters: {},
    judge: (subject, view) => judge({ where, failsIf }, subject, view),
  };
}

/** Null where it does not concern the resource; unknown where the collectors do not give what is asked for. */
function judge(
  { where, failsIf }: { where: readonly Condition[]; failsIf: readonly Condition[] },
  subject: CollectedItem,
  view: View,
): Outcome | null {
  const details: Record<string, unknown> = {};
  for (const [asked, isScope] of [
    [where, true],
    [failsIf, false],
  ] as const) {
    for (const one of asked) {
      const root = one.call === undefined ? subject : view.detail(one.call as DetailName);
      const found = valueAt(root, one.path);
      if (found === undefined)
        return unknown(`failed: ${one.call ?? 'the resource'} has no ${one.path.split('.')[0]}`);
      if (!isScope) details[one.path] = found;
      if (!holds(one, found)) return isScope ? null : pass(details);
    }
  }
  return fail(details);
}

/** Undefined where nothing of the first name is ever there; null where there is just none of it here. */
function valueAt(root: unknown, path: string): unknown {
  // Of a detail that AWS says is not configured.
  if (root === null) return null;
  const [first = '', ...rest] = path.split('.');
  if (!isRecord(root) || !Object.hasOwn(root, first)) return undefined;
  let found = root[first];
  for (const name of rest) found = isRecord(found) && Object.hasOwn(found, name) ? found[name] : null;
  return found ?? null;
}

function holds({ operator, value }: Condition, found: unknown): boolean {
  switch (operator) {
    case 'is':
      return found === value;
    case 'is-not':
      return found !== value;
    case 'in':
      return (value as Scalar[]).includes(found as Scalar);
    case 'not-in':
      return !(value as Scalar[]).includes(found as Scalar);
    case 'contains':
      return has(found, value);
    case 'contains-not':
      return !has(found, value);
    case 'like':
      return typeof found === 'string' && matches(value as string, found);
    case 'not-like':
      return !(typeof found === 'string' && matches(value as string, found));
    case 'below':
      return typeof found === 'number' && found < (value as number);
    case 'above':
      return typeof found === 'number' && found > (value as number);
    case 'exists':
      return found !== null;
    case 'missing':
      return found === null;
  }
}

function has(found: unknown, value: unknown): boolean {
  if (typeof found === 'string') return found.includes(String(value));
  return Array.isArray(found) && found.includes(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
