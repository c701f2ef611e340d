import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse as parseDotenv } from 'dotenv';
import type { z } from 'zod';
import { VedetteError } from '../errors.ts';
import { readRegularFile } from '../regular-file.ts';
import { readEnvironment } from './env.ts';
import type { Setting, SettingGroup, Values } from './setting.ts';
import { whyNotTrusted } from './trust.ts';

export type Origin = 'flag' | 'environment' | '.env' | 'vedette.yaml' | 'default';

/** Groups of settings by the names of their sections. */
export type Sections = Readonly<Record<string, SettingGroup>>;

export type ValuesOf<All extends Sections> = { [Group in keyof All]: Values<All[Group]> };

/** Values given on the command line, by group and name. */
export type OverridesOf<All extends Sections> = {
  [Group in keyof All]?: { [Name in keyof All[Group]]?: unknown };
};

export interface Loaded<All extends Sections> {
  config: ValuesOf<All>;
  /** Where each value came from, by `group.name`. */
  origins: Readonly<Record<string, Origin>>;
}

interface Places {
  flags: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  environment: Readonly<Record<string, string | undefined>>;
  dotenv: Readonly<Record<string, string | undefined>>;
  yaml: Readonly<Record<string, unknown>>;
}

/**
 * Reads the values of all settings: flags, then the environment, then `.env`, then `vedette.yaml` (both in `folder`,
 * by default the working directory), then defaults.
 *
 * @param environment by default that of the process
 * @throws VedetteError `config-invalid`, naming every value that is wrong and where it came from; also for a setting that
 *   says what is run, from a file that another user of this machine can write.
 */
export function loadSettings<All extends Sections>(
  settings: All,
  flags: OverridesOf<All> = {},
  folder: string = process.cwd(),
  environment: Places['environment'] = readEnvironment(),
): Loaded<All> {
  const places: Places = {
    flags,
    environment,
    dotenv: readDotenv(join(folder, '.env')),
    yaml: readYaml(join(folder, 'vedette.yaml')),
  };
  const origins: Record<string, Origin> = {};
  const problems: string[] = [];
  const config: Record<string, Record<string, unknown>> = {};
  for (const [group, members] of Object.entries(settings)) {
    const values: Record<string, unknown> = {};
    for (const [name, declared] of Object.entries(members)) {
      const { value, origin } = find(places, group, name, declared);
      problems.push(...distrusted(folder, declared, origin));
      const result = declared.schema.safeParse(value);
      if (result.success) values[name] = result.data;
      else problems.push(problem(group, name, declared, origin, result.error));
      origins[`${group}.${name}`] = origin;
    }
    config[group] = values;
  }
  problems.push(...unknownKeys(settings, places.yaml));
  if (problems.length > 0) {
    throw new VedetteError('config-invalid', `The configuration is not valid: ${problems.join('; ')}.`);
  }
  return { config: config as ValuesOf<All>, origins };
}

function find(
  places: Places,
  group: string,
  name: string,
  { env }: Setting,
): { value: unknown; origin: Origin } {
  const fromFlag = places.flags[group]?.[name];
  if (fromFlag !== undefined) return { value: fromFlag, origin: 'flag' };
  const fromEnvironment = places.environment[env];
  if (fromEnvironment !== undefined && fromEnvironment !== '') {
    return { value: fromEnvironment, origin: 'environment' };
  }
  const fromDotenv = places.dotenv[env];
  if (fromDotenv !== undefined && fromDotenv !== '') return { value: fromDotenv, origin: '.env' };
  const section = places.yaml[group];
  if (isMapping(section) && section[name] !== undefined && section[name] !== null) {
    return { value: section[name], origin: 'vedette.yaml' };
  }
  return { value: undefined, origin: 'default' };
}

/** Whoever can write a file that lies where a command happens to be run would else run programs as this user. */
function distrusted(folder: string, { env, trusted = false }: Setting, origin: Origin): string[] {
  if (!trusted || (origin !== '.env' && origin !== 'vedette.yaml')) return [];
  const reason = whyNotTrusted(join(folder, origin));
  if (reason === undefined) return [];
  return [
    `${env} says what is run, and is not taken from ${join(folder, origin)}, because ${reason}: ` +
      'set it in the environment, or own the folder and the file and let nobody else write to them',
  ];
}

/** The value itself is left out: it may be a secret that was put in the wrong place. */
function problem(group: string, name: string, { env }: Setting, origin: Origin, error: z.ZodError): string {
  const where = origin === 'vedette.yaml' ? `${group}.${name}` : env;
  return `${where} (${origin}): ${error.issues.map((issue) => issue.message).join(', ')}`;
}

function unknownKeys(known: Sections, yaml: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(yaml).flatMap(([group, section]) => {
    const members = known[group];
    if (members === undefined) return [`vedette.yaml has no section ${JSON.stringify(group)}`];
    if (!isMapping(section)) return [`${group} in vedette.yaml is not a section`];
    return Object.keys(section)
      .filter((name) => members[name] === undefined)
      .map((name) => `vedette.yaml: ${group} has no setting ${JSON.stringify(name)}`);
  });
}

function readDotenv(file: string): Record<string, string> {
  return existsSync(file) ? parseDotenv(readRegularFile(file)) : {};
}

function readYaml(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {};
  const text = readRegularFile(file);
  let content: unknown;
  try {
    // Loaded where there is such a file: most commands need not wait for it.
    const { parse } = createRequire(import.meta.url)('yaml') as { parse: (yaml: string) => unknown };
    content = parse(text);
  } catch (cause) {
    // What follows its first line is an excerpt of the file, which may show a secret.
    const [reason] = String(cause instanceof Error ? cause.message : cause).split(/:?\n/);
    throw new VedetteError('config-invalid', `${file} is not valid YAML: ${reason}.`);
  }
  if (content === null || content === undefined) return {};
  if (!isMapping(content)) throw new VedetteError('config-invalid', `${file} is not a mapping of sections.`);
  return content;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
