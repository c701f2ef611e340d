const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

interface Field {
  title: string;
  from: number;
  to: number;
  /** Names that may stand for numbers, from `from` on; three letters are enough. */
  names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { title: 'minute', from: 0, to: 59 },
  { title: 'hour', from: 0, to: 23 },
  { title: 'day of the month', from: 1, to: 31 },
  { title: 'month', from: 1, to: 12, names: MONTHS },
  { title: 'day of the week', from: 0, to: 7, names: DAYS },
];
const WORDS = ['@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually'];

/** What is wrong with a cron expression of five fields, or of one of the words like `@daily`; null when nothing is. */
export function cronProblem(expression: string): string | null {
  const parts = expression.trim().split(/\s+/);
  if (expression.trim().startsWith('@')) {
    return WORDS.includes(expression.trim()) ? null : `${expression} is none of ${WORDS.join(', ')}`;
  }
  if (parts.length !== FIELDS.length) {
    return `${parts.length} fields instead of 5 (minute, hour, day of the month, month, day of the week)`;
  }
  const problems = FIELDS.map((field, index) => fieldProblem(parts[index] ?? '', field));
  return problems.find((problem) => problem !== null) ?? null;
}

function fieldProblem(text: string, field: Field): string | null {
  const wrong = text.split(',').find((part) => !isValid(part, field));
  if (wrong === undefined) return null;
  return `the ${field.title} ${JSON.stringify(wrong)} is not within ${field.from} to ${field.to}`;
}

function isValid(part: string, field: Field): boolean {
  const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
  if (step !== undefined && Number(step) === 0) return false;
  if (range === '*') return true;
  const [, first = '', last = first] = /^([a-z0-9]+)(?:-([a-z0-9]+))?$/i.exec(range) ?? [];
  const start = numberOf(first, field);
  const end = numberOf(last, field);
  return start >= field.from && end <= field.to && start <= end;
}

function numberOf(text: string, { names = [], from }: Field): number {
  if (/^\d+$/.test(text)) return Number(text);
  const index = text.length < 3 ? -1 : names.findIndex((name) => name.startsWith(text.toLowerCase()));
  return index === -1 ? Number.NaN : from + index;
}
