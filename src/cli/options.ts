import { InvalidArgumentError, Option } from 'commander';
import { VedetteError } from '../errors.ts';
import { DURATION_EXAMPLES, parseDuration } from '../model/duration.ts';
import { LEVELS, isLevel } from '../model/level.ts';
import type { Level } from '../model/level.ts';
import { DEFAULT_SUPPRESSION_DAYS, SUPPRESSION_KINDS } from '../model/suppression.ts';
import { OUTPUT_FORMATS } from './output/render.ts';
import type { OutputFormat } from './output/render.ts';

/** `-o, --output`, with the formats that a command knows; lists know all. */
export function outputOption(formats: readonly OutputFormat[] = OUTPUT_FORMATS): Option {
  return new Option('-o, --output <format>', 'how to print the result')
    .choices([...formats])
    .default('table');
}

/** Of lists: `renderList` understands it. */
export function fieldsOption(): Option {
  return listOption('--fields <fields>', 'only these columns or values, e.g. id,level,lastSeen');
}

/** An option that may be given several times or with commas. */
export function listOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string, earlier: string[] | undefined) => [
    ...(earlier ?? []),
    ...value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ]);
}

/** Options of lists: `storeFilter` and `pages` understand them. */
export function levelsOption(): Option {
  return new Option('--level <level>', `of these levels (${LEVELS.join(', ')})`).argParser(
    (value: string, earlier: Level[] | undefined) => [...(earlier ?? []), ...value.split(',').map(levelOf)],
  );
}

export function levelOption(flags: string, description: string): Option {
  return new Option(flags, `${description} (${LEVELS.join(', ')})`).argParser(levelOf);
}

function levelOf(value: string): Level {
  const level = value.trim().toLowerCase();
  if (!isLevel(level)) throw new InvalidArgumentError(`Allowed are ${LEVELS.join(', ')}.`);
  return level;
}

export function wholeNumber(minimum: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < minimum) {
      throw new InvalidArgumentError(`Give a whole number from ${minimum}.`);
    }
    return number;
  };
}

/** For an argument that is the number of an event, a token…: says where such numbers are to be found. */
export function idOf(thing: string, list: string): (value: string) => number {
  return (value) => {
    const id = Number(value);
    if (Number.isSafeInteger(id) && id >= 1) return id;
    throw new VedetteError('usage', `${JSON.stringify(value)} is not the id of ${thing}.`, {
      remedy: `Ids are numbers, such as 814: see vedette ${list}.`,
    });
  };
}

/** Gives milliseconds. A plain number is refused: `180` is more likely meant as days than as milliseconds. */
export function durationOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string) => {
    const milliseconds = /[a-z]$/.test(value) ? parseDuration(value) : null;
    if (milliseconds === null) throw new InvalidArgumentError(`Give ${DURATION_EXAMPLES}.`);
    return milliseconds;
  });
}

/** An ISO date or time, or how long ago: `2026-11-22`, `36h`, `7d`. Gives ISO 8601 in UTC. */
export function moment(value: string): string {
  return timeOf(value, -1, 'an age (36h, 7d)');
}

/** As `moment`, but the durations lie ahead: `30d` from now. */
export function deadline(value: string): string {
  return timeOf(value, 1, 'how long from now (36h, 30d)');
}

export function suppressionKindOption(): Option {
  return new Option('--kind <kind>', 'what kind of suppression').choices(SUPPRESSION_KINDS);
}

/** Gives an ISO time, or null for `never`. */
export function suppressionEndOption(): Option {
  return new Option(
    '--until <when>',
    `until then: 2026-12-31, 36h, 30d, or never; default ${DEFAULT_SUPPRESSION_DAYS}d`,
  ).argParser((value: string) => (value === 'never' ? null : deadline(value)));
}

function timeOf(value: string, direction: 1 | -1, duration: string): string {
  const [, amount, unit] = /^(\d+)([hdw])$/.exec(value) ?? [];
  const hours = { h: 1, d: 24, w: 168 }[unit ?? ''] ?? 0;
  const distance = direction * Number(amount) * hours * 3_600_000;
  const date = hours > 0 ? new Date(Date.now() + distance) : new Date(value);
  const year = date.getUTCFullYear();
  // What a database holds; not a number for what is no date.
  if (!(year >= 1 && year <= 9999)) {
    throw new InvalidArgumentError(`Give a date (2026-11-22), a time (2026-11-22T10:00:00Z) or ${duration}.`);
  }
  return date.toISOString();
}
