import { z } from 'zod';
import type { DuePolicy } from '../model/due-date.ts';
import { DURATION_EXAMPLES, parseDuration } from '../model/duration.ts';
import { LEVELS } from '../model/level.ts';

/** Text that means nothing is set when it is empty, as `NAME=` in an `.env` file does. */
export const text = z.preprocess(emptyToUndefined, z.string().optional());

export const flag = (fallback: boolean) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? booleanOf(value) : value),
    z.boolean({ error: 'expected true or false' }).default(fallback),
  );

export const integer = (fallback: number, range: { min: number; max: number }) =>
  z.preprocess(
    emptyToUndefined,
    z.coerce
      .number({ error: `expected a whole number from ${range.min} to ${range.max}` })
      .int()
      .min(range.min)
      .max(range.max)
      .default(fallback),
  );

export const port = (fallback: number) => integer(fallback, { min: 1, max: 65_535 });

export const choice = <const Names extends readonly [string, ...string[]]>(
  names: Names,
  fallback: Names[number],
) => z.preprocess(emptyToUndefined, z.enum(names).default(fallback as never));

/** `host:port`, or a port of the loopback interface alone; gives `host:port`. */
export const listenAddress = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : emptyToUndefined(value)),
  z
    .string()
    .regex(/^(?:(?:[\w.-]+|\[[\da-f:.]+\]):)?\d{1,5}$/i, 'expected host:port or a port')
    .transform((value) => (value.includes(':') ? value : `127.0.0.1:${value}`))
    .optional(),
);

/** Comma-separated in the environment, a list in YAML. */
export const list = z.preprocess(splitList, z.array(z.string()).default([]));

/** `name=number` pairs; gives the numbers by name. */
export const numbersByName = list.transform((pairs, context): Readonly<Record<string, number>> =>
  Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([\w-]+)=([1-9]\d{0,3})$/.exec(pair) ?? [];
      if (name !== undefined) return [name, Number(value)];
      context.addIssue({ code: 'custom', message: 'expected name=number, comma-separated' });
      return ['', 0];
    }),
  ),
);

const plainValue = z.union([z.number(), z.boolean(), z.string(), z.array(z.number()), z.array(z.string())]);
export type ValuesByName = Readonly<Record<string, Readonly<Record<string, z.output<typeof plainValue>>>>>;

/** `thing.name=value` pairs, a list with `|` between its values; in YAML a mapping of mappings. Gives the mapping. */
export const valuesByName: z.ZodType<ValuesByName> = z.preprocess(
  (value) => (typeof value === 'string' ? pairsOf(value) : (value ?? {})),
  z.record(z.string(), z.record(z.string(), plainValue), {
    error: 'expected thing.name=value, comma-separated; in YAML values by thing and name',
  }),
);

/** `thing.name=text` pairs, in YAML a mapping of mappings; gives what `thing` makes of the texts of each. */
export const textsByName = <Thing extends z.ZodType>(thing: Thing) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? pairsOf(value, (plain) => plain) : (value ?? {})),
    z.record(z.string().regex(/^[\w-]{1,64}$/), thing),
  );

function pairsOf(value: string, read: (plain: string) => unknown = plainOf): unknown {
  const all: Record<string, Record<string, unknown>> = {};
  for (const pair of value.split(',').filter((one) => one.trim() !== '')) {
    const [, thing, name, plain] = /^\s*([\w-]+)\.(\w+)=(.*?)\s*$/.exec(pair) ?? [];
    if (thing === undefined || name === undefined || plain === undefined) return null;
    all[thing] = { ...all[thing], [name]: read(plain) };
  }
  return all;
}

function plainOf(plain: string): unknown {
  const values = plain.split('|').map(scalarOf);
  return values.length > 1 ? values : values[0];
}

function scalarOf(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  return value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

/** `name=value` pairs, the values percent-encoded; gives them by name. */
export const headers = list.transform((pairs, context) =>
  Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
      if (name !== undefined && value !== undefined) return [name.trim(), decodeURIComponent(value.trim())];
      context.addIssue({ code: 'custom', message: 'expected name=value, comma-separated' });
      return ['', ''];
    }),
  ),
);

export const levels = (fallback: readonly (typeof LEVELS)[number][]) =>
  z.preprocess(
    (value) => {
      const names = splitList(value);
      return Array.isArray(names) ? names.map((name) => String(name).toLowerCase()) : names;
    },
    z.array(z.enum(LEVELS)).default([...fallback]),
  );

/** `level=duration` pairs, for one account as `account:level=duration`; gives the times by account and level. */
export const dueTimes = (fallback: readonly string[]) =>
  z
    .preprocess(splitList, z.array(z.string()).default([...fallback]))
    .transform((pairs, context): DuePolicy => {
      const everywhere: Partial<Record<string, number>> = {};
      const accounts: Record<string, Partial<Record<string, number>>> = {};
      for (const pair of pairs) {
        const [, account, level = '', time = ''] = /^(?:(\d{12}):)?(\w+)=(\w+)$/.exec(pair) ?? [];
        const milliseconds = parseDuration(time);
        if (!(LEVELS as readonly string[]).includes(level) || milliseconds === null) {
          const message = `expected level=duration or account:level=duration, comma-separated, e.g. critical=7d: ${pair}`;
          context.addIssue({ code: 'custom', message });
          continue;
        }
        const times = account === undefined ? everywhere : (accounts[account] ??= {});
        times[level] = milliseconds;
      }
      return { everywhere, accounts };
    });

/** `90s`, `15m`, `6h`, `2d` or plain milliseconds; gives milliseconds. */
export const duration = (fallback: string) =>
  z.preprocess(
    emptyToUndefined,
    z.coerce
      .string()
      .default(fallback)
      .transform((value, context) => {
        const milliseconds = parseDuration(value);
        if (milliseconds !== null) return milliseconds;
        context.addIssue({ code: 'custom', message: `expected ${DURATION_EXAMPLES}` });
        return z.NEVER;
      }),
  );

function emptyToUndefined(value: unknown): unknown {
  return typeof value === 'string' && value.trim() === '' ? undefined : value;
}

function booleanOf(value: string): unknown {
  const word = value.trim().toLowerCase();
  if (word === '') return undefined;
  if (['true', '1', 'yes', 'on'].includes(word)) return true;
  if (['false', '0', 'no', 'off'].includes(word)) return false;
  return value;
}

function splitList(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return undefined;
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
