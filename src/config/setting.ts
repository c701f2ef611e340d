import type { z } from 'zod';

/** One setting: where its value may come from, what it may be, and its row in the reference. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  /** Name of the environment variable. */
  env: string;
  /** Turns text (environment) or a YAML value into the value; `undefined` gives the default. */
  schema: Schema;
  /** One sentence for the reference. */
  doc: string;
  /** Never shown, logged or written anywhere. */
  secret?: boolean;
  /** It says what is run or loaded: not taken from a file in a working directory that others can write to. */
  trusted?: boolean;
}

export type SettingGroup = Readonly<Record<string, Setting>>;

/** The values of a group of settings. */
export type Values<Group extends SettingGroup> = { [Name in keyof Group]: z.output<Group[Name]['schema']> };

export function setting<Schema extends z.ZodType>(env: string, schema: Schema, doc: string): Setting<Schema> {
  return { env, schema, doc };
}

export function secret<Schema extends z.ZodType>(env: string, schema: Schema, doc: string): Setting<Schema> {
  return { env, schema, doc, secret: true };
}

export function trusted<Schema extends z.ZodType>(env: string, schema: Schema, doc: string): Setting<Schema> {
  return { env, schema, doc, trusted: true };
}
