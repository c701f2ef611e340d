/** A filter pattern of CloudWatch Logs for events in JSON, as far as it is about what events say. */
export type Filter =
  | { all: readonly Filter[] }
  | { any: readonly Filter[] }
  | { field: string; operator: Operator; value: string };

/** `=` and `!=` compare with a text, in which `*` stands for any; of others it is told only that they are there. */
export type Operator = '=' | '!=' | 'NOT EXISTS' | 'other';

const TOKEN = /\s+|&&|\|\||[(){}]|[!<>]?=|[<>]|"(?:[^"\\]|\\.)*"|%[^%]*%|[^\s(){}&|=!<>"]+/y;
const COMPARISONS = new Set(['=', '!=', '<', '>', '<=', '>=']);

/** Null for a pattern that is none for JSON. */
export function parseFilter(pattern: string): Filter | null {
  const tokens = tokensOf(pattern);
  if (tokens === null || tokens[0] !== '{' || tokens.at(-1) !== '}') return null;
  const reader = { tokens: tokens.slice(1, -1), at: 0 };
  const filter = readAny(reader);
  return reader.at === reader.tokens.length ? filter : null;
}

function tokensOf(pattern: string): string[] | null {
  const tokens: string[] = [];
  const token = new RegExp(TOKEN);
  while (token.lastIndex < pattern.length) {
    const found = token.exec(pattern)?.[0];
    if (found === undefined) return null;
    if (found.trim() !== '') tokens.push(found);
  }
  return tokens;
}

interface Reader {
  tokens: readonly string[];
  at: number;
}

function readAny(reader: Reader): Filter | null {
  const parts = readJoined(reader, '||', readAll);
  return parts === null ? null : { any: parts };
}

function readAll(reader: Reader): Filter | null {
  const parts = readJoined(reader, '&&', readOne);
  return parts === null ? null : { all: parts };
}

function readJoined(reader: Reader, by: string, read: (reader: Reader) => Filter | null): Filter[] | null {
  const parts: Filter[] = [];
  for (;;) {
    const part = read(reader);
    if (part === null) return null;
    parts.push(part);
    if (reader.tokens[reader.at] !== by) return parts;
    reader.at += 1;
  }
}

function readOne(reader: Reader): Filter | null {
  const next = (): string => reader.tokens[reader.at++] ?? '';
  const first = next();
  if (first === '(') {
    const inner = readAny(reader);
    return next() === ')' ? inner : null;
  }
  if (!first.startsWith('$.')) return null;
  const field = first.slice(2);
  const operator = next();
  const value = unquoted(next());
  if (operator === '=' || operator === '!=') return { field, operator, value };
  if (operator.toUpperCase() === 'NOT' && value.toUpperCase() === 'EXISTS') {
    return { field, operator: 'NOT EXISTS', value: '' };
  }
  return COMPARISONS.has(operator) || operator.toUpperCase() === 'IS'
    ? { field, operator: 'other', value }
    : null;
}

function unquoted(token: string): string {
  return token.startsWith('"') ? token.slice(1, -1).replaceAll(/\\(.)/g, '$1') : token;
}
