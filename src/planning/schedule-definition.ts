import { isScalar } from 'yaml';
import type { Document, LineCounter } from 'yaml';
import { z } from 'zod';
import { choice, flag, integer, list } from '../config/types.ts';
import { VedetteError } from '../errors.ts';
import { cronProblem } from '../model/cron.ts';
import { SCAN_DEPTHS } from '../model/depth.ts';
import { DURATION_EXAMPLES, parseDuration } from '../model/duration.ts';
import { OVERLAP_POLICIES } from '../model/schedule.ts';
import type { ScheduledWork, ScheduleDefinition, ScheduleTiming } from '../model/schedule.ts';
import { readRegularFile } from '../regular-file.ts';
import { sourceConfig } from '../settings.ts';
import type { Config } from '../settings.ts';
import { sources } from '../sources/registry.ts';
import { s3Data } from '../sources/s3-data/index.ts';
import { readYaml } from '../text/yaml.ts';
import { assertData, bucketAndPrefix } from './plan-data-job.ts';

const DAY_MS = 86_400_000;
const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/i;

const EXAMPLE = 'For example: cron "0 3 * * *" with time zone Europe/Paris, or every 6h.';

/** A problem of a definition, and the key it is about, if it is about one. */
interface Problem {
  key: string | undefined;
  message: string;
}

/** A length of time with its unit, in whole seconds. */
const span = (least: { ms: number; text: string }) =>
  z.string({ error: `expected ${DURATION_EXAMPLES}` }).transform((value, context) => {
    const milliseconds = /[a-z]$/.test(value.trim()) ? parseDuration(value) : null;
    if (milliseconds !== null && milliseconds >= least.ms && milliseconds % 1000 === 0) return milliseconds;
    const problem =
      milliseconds === null
        ? `${JSON.stringify(value)} is not ${DURATION_EXAMPLES}`
        : `${value} is less than ${least.text}, or not in whole seconds`;
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });
const minute = { ms: 60_000, text: '1m' };

const cron = z.string({ error: 'expected a cron expression' }).transform((value, context) => {
  const problem = cronProblem(value);
  if (problem === null) return value.trim().replaceAll(/\s+/g, ' ');
  context.addIssue({ code: 'custom', message: `${JSON.stringify(value)} is no cron expression: ${problem}` });
  return z.NEVER;
});

const timeZone = z.string({ error: 'expected the name of a time zone' }).transform((value, context) => {
  const known = timeZoneName(value);
  if (known !== null) return known;
  context.addIssue({
    code: 'custom',
    message: `${JSON.stringify(value)} is no time zone; use a name such as Europe/Paris or UTC`,
  });
  return z.NEVER;
});

const common = {
  cron: cron.optional(),
  every: span(minute).optional(),
  timeZone: timeZone.optional(),
  jitter: span({ ms: 0, text: '0s' }).default(0),
  overlap: choice(OVERLAP_POLICIES, 'skip'),
  catchUp: span(minute).default(DAY_MS),
};

const scanEntry = (config: Config) =>
  z
    .strictObject({
      ...common,
      kind: z.literal('scan'),
      all: flag(false),
      accounts: list,
      source: list,
      concurrency: integer(config.general.concurrency, { min: 1, max: 256 }),
      services: list,
      regions: list,
      depth: z.enum(SCAN_DEPTHS, { error: `expected one of ${SCAN_DEPTHS.join(', ')}` }).optional(),
      framework: list,
      check: list,
      bucket: z.string().optional(),
      detectors: list,
      initial: flag(false),
    })
    .superRefine(checkTiming)
    .superRefine(({ all, accounts }, context) => {
      if (all === accounts.length > 0)
        context.addIssue({
          code: 'custom',
          path: ['accounts'],
          message: 'expected either the names of accounts or all of them (all)',
        });
    })
    .superRefine((entry, context) => {
      for (const [key, message] of dataProblems(entry, config))
        context.addIssue({ code: 'custom', path: [key], message });
    })
    .superRefine(({ source, services, regions, framework: frameworks, check: checks }, context) => {
      const problem = sources.scopeProblem(
        sourcesOf(source, config),
        { services, regions, frameworks, checks },
        (scanner) => sourceConfig(config, scanner),
      );
      if (problem === null) return;
      const { option, message, remedy } = problem;
      context.addIssue({
        code: 'custom',
        path: [option],
        message: `${message} ${remedy}`.replace(/\.$/, ''),
      });
    });

/** What is wrong with the bucket that a schedule is about, by key. */
function dataProblems(
  entry: {
    bucket?: string | undefined;
    detectors: readonly string[];
    source: readonly string[];
    accounts: readonly string[];
  },
  config: Config,
): [key: string, message: string][] {
  const { bucket, detectors, source, accounts } = entry;
  const isNamed = source.includes(s3Data.id);
  if (bucket === undefined) {
    if (isNamed)
      return [['bucket', `expected the bucket that ${s3Data.id} scans, with a prefix behind a slash`]];
    return detectors.length === 0 ? [] : [['detectors', 'only a scan of a bucket has detectors']];
  }
  if (source.length > (isNamed ? 1 : 0)) return [['source', `a bucket is scanned with ${s3Data.id} alone`]];
  if (accounts.length !== 1)
    return [['accounts', 'expected the one account whose credentials read the bucket']];
  try {
    assertData({ ...bucketAndPrefix(bucket), detectors }, config);
    return [];
  } catch (error) {
    if (!(error instanceof VedetteError)) throw error;
    return [['bucket', `${error.message} ${error.remedy}`.replace(/\.$/, '')]];
  }
}

const purgeEntry = z
  .strictObject({ ...common, kind: z.literal('purge'), olderThan: span({ ms: DAY_MS, text: '1d' }) })
  .superRefine(checkTiming);

type Timed = { cron?: string | undefined; every?: number | undefined; timeZone?: string | undefined };

function checkTiming(entry: Timed, context: z.RefinementCtx): void {
  const issue = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message });
  if ((entry.cron === undefined) === (entry.every === undefined))
    issue('cron', 'expected either a cron expression or an interval (every)');
  if (entry.timeZone !== undefined && entry.cron === undefined)
    issue('timeZone', 'only a cron expression has a time zone; an interval counts in UTC');
}

/** As the server wants it written, which is exactly as IANA does; null for what is none. */
function timeZoneName(value: string): string | null {
  if (!/^[A-Za-z]/.test(value)) return null;
  try {
    const { timeZone: known } = new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions();
    return known.toLowerCase() === value.toLowerCase() ? known : value;
  } catch {
    return null;
  }
}

/** Reads one definition, of flags or of a file; or tells everything that is wrong with it. */
function read(
  name: string,
  entry: unknown,
  config: Config,
): { definition: ScheduleDefinition } | { problems: Problem[] } {
  const problem = (message: string) => ({ problems: [{ key: undefined, message }] });
  if (!NAME.test(name))
    return problem(
      `${JSON.stringify(name)} is no name: up to 63 letters, digits, dots, dashes and underscores, beginning with a letter or digit`,
    );
  if (!isMapping(entry)) return problem('expected the settings of a schedule');
  const { kind = 'scan' } = entry;
  if (kind !== 'scan' && kind !== 'purge')
    return { problems: [{ key: 'kind', message: 'expected scan or purge' }] };
  const parsed =
    kind === 'scan' ? scanEntry(config).safeParse({ ...entry, kind }) : purgeEntry.safeParse(entry);
  if (!parsed.success) return { problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, kind)) };
  const { data } = parsed;
  const { organizationId } = config.general;
  return {
    definition: {
      name,
      timing: timingOf(data),
      jitterMs: data.jitter,
      overlap: data.overlap,
      catchUpMs: data.catchUp,
      work:
        data.kind === 'purge'
          ? { kind: 'purge', organizationId, olderThanMs: data.olderThan }
          : scanOf(config, data),
    },
  };
}

function timingOf({ cron: expression, every, timeZone: zone = 'UTC' }: Timed): ScheduleTiming {
  return expression === undefined ? { everyMs: every ?? 0 } : { cron: expression, timeZone: zone };
}

/** What a schedule scans with: what it names, or what runs of its organisation scan with. */
function sourcesOf(named: readonly string[], { general }: Config): string[] {
  return sources.named(named.length > 0 ? named : general.sources);
}

function scanOf(config: Config, entry: z.output<ReturnType<typeof scanEntry>>): ScheduledWork {
  const { organizationId } = config.general;
  const { all, accounts, source, concurrency, services, regions, initial } = entry;
  const { depth, framework, check, bucket, detectors } = entry;
  return {
    kind: 'scan',
    organizationId,
    sources: bucket === undefined ? sourcesOf(source, config) : [s3Data.id],
    // Names stay as they were given: only the machine that scans knows what they mean there.
    selection: all
      ? { all: true }
      : { accounts: accounts.map((name) => ({ kind: 'aws-profile', name, accountId: null })) },
    options: {
      services,
      regions,
      ...(depth && { depth }),
      ...(framework.length > 0 && { frameworks: framework }),
      ...(check.length > 0 && { checks: check }),
      ...(bucket !== undefined && { data: { ...bucketAndPrefix(bucket), detectors } }),
      initial,
    },
    concurrency,
  };
}

function problemsOf(issue: z.core.$ZodIssue, kind: string): Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ key, message: `a ${kind} has no such setting` }));
  const [key] = issue.path;
  return [{ key: key === undefined ? undefined : String(key), message: issue.message }];
}

/**
 * The definition that an entry describes, as files have it.
 *
 * @throws VedetteError `usage` that names the settings.
 */
export function definitionOfEntry(
  name: string,
  entry: Readonly<Record<string, unknown>>,
  config: Config,
): ScheduleDefinition {
  const result = read(name, entry, config);
  if ('definition' in result) return result.definition;
  const lines = result.problems.map(({ key, message }) =>
    key === undefined ? message : `${key}: ${message}`,
  );
  throw new VedetteError('usage', `${lines.join('; ')}.`, { remedy: EXAMPLE });
}

/**
 * The definition that flags describe, by their names in camel case.
 *
 * @throws VedetteError `usage` that names the flags.
 */
export function definitionOfFlags(
  name: string,
  flags: Readonly<Record<string, unknown>>,
  config: Config,
): ScheduleDefinition {
  const result = read(name, flags, config);
  if ('definition' in result) return result.definition;
  const lines = result.problems.map(({ key, message }) =>
    key === undefined ? message : `--${flagOf(key)}: ${message}`,
  );
  throw new VedetteError('usage', `${lines.join('; ')}.`, { remedy: EXAMPLE });
}

function flagOf(key: string): string {
  if (key === 'accounts') return 'account';
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/**
 * The definitions of a YAML file: a mapping `schedules` from names to their settings.
 *
 * @throws VedetteError `usage` that names file, line and setting of everything that is wrong.
 */
export function definitionsOfFile(file: string, config: Config): ScheduleDefinition[] {
  // Everything is text: an account id is no number, and may begin with 0.
  const yaml = readYaml(
    readRegularFile(file, { type: 'usage', remedy: 'Name a YAML file with schedules.' }),
    { isText: true },
  );
  if ('problem' in yaml) {
    const line = yaml.line === null ? '' : `:${yaml.line}`;
    throw refusal([`${file}${line}: it is not valid YAML: ${yaml.problem}`]);
  }
  const { document, lines, content } = yaml;
  const at = (path: readonly string[]) => `${file}:${lineOf(document, lines, path)}`;
  const schedules = isMapping(content) ? content['schedules'] : undefined;
  if (!isMapping(schedules)) throw refusal([`${file}: expected a mapping named schedules`]);
  const strangers = Object.keys(content as object).filter((key) => key !== 'schedules');
  const definitions: ScheduleDefinition[] = [];
  const problems = strangers.map((key) => `${at([key])}: ${key}: there is no such setting here`);
  for (const [name, entry] of Object.entries(schedules)) {
    const result = read(name, entry, config);
    if ('definition' in result) definitions.push(result.definition);
    else
      problems.push(
        ...result.problems.map(({ key, message }) => {
          const path = key === undefined ? [name] : [name, key];
          return `${at(['schedules', ...path])}: ${path.join('.')}: ${message}`;
        }),
      );
  }
  if (problems.length > 0) throw refusal(problems);
  return definitions;
}

function refusal(problems: readonly string[]): VedetteError {
  return new VedetteError('usage', `${problems.join('; ')}.`, { remedy: EXAMPLE });
}

/** Of the setting, or of the nearest one around it that is written in the file. */
function lineOf(document: Document, lines: LineCounter, path: readonly string[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const items = isMapNode(parent)
      ? parent.items
      : isMapNode(document.contents)
        ? document.contents.items
        : [];
    const key = items
      .map((pair) => pair.key)
      .find((node) => isScalar(node) && node.value === path[length - 1]);
    if (isScalar(key) && key.range != null) return lines.linePos(key.range[0]).line;
  }
  return 1;
}

function isMapNode(node: unknown): node is { items: { key: unknown }[] } {
  return typeof node === 'object' && node !== null && 'items' in node;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
