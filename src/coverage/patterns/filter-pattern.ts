import { VedetteError } from '../../errors.ts';

/**
 * A filter pattern of CloudWatch Logs: conditions on JSON (`{ ($.eventName = X) || … }`), on the fields of a line with
 * spaces (`[ip, user, status = 4*]`), a regular expression (`%x%`), or terms.
 */
export type FilterPattern =
  | { kind: 'and' | 'or'; parts: readonly FilterPattern[] }
  | { kind: 'not'; part: FilterPattern }
  | Comparison
  | { kind: 'terms'; all: readonly string[]; any: readonly string[]; none: readonly string[] }
  | { kind: 'regex'; source: string }
  | { kind: 'everything' };

export interface Comparison {
  kind: 'compare';
  /** `eventName` of `$.eventName`; `$.` is cut. */
  field: string;
  operator:
    | '='
    | '!='
    | '<'
    | '<='
    | '>'
    | '>='
    | 'is-null'
    | 'exists'
    | 'not-exists'
    | 'is-true'
    | 'is-false';
  /** With `*` for anything, or a regular expression. */
  value: string;
  isRegex: boolean;
}

/** @throws VedetteError `usage` that says where the pattern cannot be read */
export function parseFilterPattern(text: string): FilterPattern {
  const plain = text.trim();
  if (plain === '') return { kind: 'everything' };
  if (plain.startsWith('{')) return new JsonParser(plain).parse();
  if (plain.startsWith('[')) return parseFields(plain);
  if (/^%.*%$/s.test(plain)) return { kind: 'regex', source: plain.slice(1, -1) };
  return parseTerms(plain);
}

type Token = { text: string; isValue: boolean; at: number };

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*")|(%(?:[^%\\]|\\.)*%)|(&&|\|\||!=|<=|>=|[=<>(){}])|((?:\$|[^\s"=<>(){}!&|])(?:\[[^\]]*\]|[^\s"=<>(){}!&|[\]])*))/y;

class JsonParser {
  readonly #tokens: Token[] = [];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    TOKEN.lastIndex = 0;
    let at = 0;
    while (text.slice(at).trim() !== '') {
      TOKEN.lastIndex = at;
      const match = TOKEN.exec(text);
      if (match === null) throw unreadable(text.slice(at, at + 20));
      const [whole, quoted, regex, symbol, word] = match;
      this.#tokens.push({
        text: (quoted ?? regex ?? symbol ?? word) as string,
        isValue: symbol === undefined,
        at,
      });
      at += whole.length;
    }
  }

  parse(): FilterPattern {
    this.#take('{');
    if (this.#peek() === '}') return { kind: 'everything' };
    const pattern = this.#or();
    this.#take('}');
    if (this.#peek() !== undefined) throw unreadable(this.#peek() as string);
    return pattern;
  }

  #or(): FilterPattern {
    const parts = [this.#and()];
    while (this.#peek() === '||') {
      this.#next += 1;
      parts.push(this.#and());
    }
    return parts.length === 1 ? (parts[0] as FilterPattern) : { kind: 'or', parts };
  }

  #and(): FilterPattern {
    const parts = [this.#primary()];
    while (this.#peek() === '&&') {
      this.#next += 1;
      parts.push(this.#primary());
    }
    return parts.length === 1 ? (parts[0] as FilterPattern) : { kind: 'and', parts };
  }

  #primary(): FilterPattern {
    if (this.#peek() === '(') {
      this.#depth += 1;
      if (this.#depth > 100) throw unreadable('(');
      this.#next += 1;
      const inner = this.#or();
      this.#take(')');
      this.#depth -= 1;
      return inner;
    }
    return this.#comparison();
  }

  #comparison(): Comparison {
    const path = this.#word();
    if (!path.startsWith('$')) throw unreadable(path);
    const field = path
      .replace(/^\$\.?/, '')
      .replaceAll(/\[['"]?([\w*-]+)['"]?\]/g, '.$1')
      .replace(/^\./, '');
    const operator = this.#word();
    const compared = (kind: Comparison['operator'], value = ''): Comparison => ({
      kind: 'compare',
      field,
      operator: kind,
      value,
      isRegex: false,
    });
    switch (operator.toUpperCase()) {
      case 'IS': {
        const what = this.#word().toUpperCase();
        if (what === 'NULL') return compared('is-null');
        if (what === 'TRUE') return compared('is-true');
        if (what === 'FALSE') return compared('is-false');
        throw unreadable(what);
      }
      case 'NOT':
        if (this.#word().toUpperCase() !== 'EXISTS') throw unreadable('NOT');
        return compared('not-exists');
      case 'EXISTS':
        return compared('exists');
      case '=':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=': {
        const value = this.#word();
        const isRegex = /^%.*%$/s.test(value);
        return {
          ...compared(operator as Comparison['operator'], isRegex ? value.slice(1, -1) : unquoted(value)),
          isRegex,
        };
      }
      default:
        throw unreadable(operator);
    }
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next]?.text;
  }

  #word(): string {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw unreadable('its end');
    this.#next += 1;
    return token.text;
  }

  #take(wanted: string): void {
    const found = this.#word();
    if (found !== wanted) throw unreadable(found);
  }
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text;
}

function parseFields(text: string): FilterPattern {
  if (!text.endsWith(']')) throw unreadable(text.slice(-10));
  const parts: FilterPattern[] = [];
  for (const part of text.slice(1, -1).split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)) {
    const conditions = part.split(/\s*(?:&&|\|\|)\s*/).map((one): Comparison | null => {
      const match = /^\s*([\w.-]+)\s*(=|!=|<=|>=|<|>)\s*(.+?)\s*$/s.exec(one);
      if (match === null) return null;
      const [, field, operator, value] = match as unknown as [string, string, Comparison['operator'], string];
      const isRegex = /^%.*%$/s.test(value);
      return {
        kind: 'compare',
        field,
        operator,
        value: isRegex ? value.slice(1, -1) : unquoted(value),
        isRegex,
      };
    });
    const found = conditions.filter((one) => one !== null);
    if (found.length === 0) continue;
    parts.push(
      found.length === 1
        ? (found[0] as Comparison)
        : { kind: part.includes('||') ? 'or' : 'and', parts: found },
    );
  }
  return parts.length === 0 ? { kind: 'everything' } : { kind: 'and', parts };
}

function parseTerms(text: string): FilterPattern {
  const terms = text.match(/[?-]?"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
  const of = (mark: string) =>
    terms.filter((term) => term.startsWith(mark)).map((term) => unquoted(term.slice(1)));
  return {
    kind: 'terms',
    all: terms.filter((term) => !/^[?-]/.test(term)).map(unquoted),
    any: of('?'),
    none: of('-'),
  };
}

function unreadable(what: string): VedetteError {
  return new VedetteError('usage', `The filter pattern cannot be read at ${JSON.stringify(what)}.`);
}

/** Whether a log event meets a pattern; `event` is the parsed JSON, or the line as text. */
export function matchesFilter(pattern: FilterPattern, event: unknown): boolean {
  switch (pattern.kind) {
    case 'everything':
      return true;
    case 'and':
      return pattern.parts.every((part) => matchesFilter(part, event));
    case 'or':
      return pattern.parts.some((part) => matchesFilter(part, event));
    case 'not':
      return !matchesFilter(pattern.part, event);
    case 'regex':
      return new RegExp(pattern.source).test(textOf(event));
    case 'terms': {
      const text = textOf(event);
      return (
        pattern.all.every((term) => text.includes(term)) &&
        (pattern.any.length === 0 || pattern.any.some((term) => text.includes(term))) &&
        !pattern.none.some((term) => text.includes(term))
      );
    }
    case 'compare':
      return compares(pattern, valuesAt(event, pattern.field.split('.')));
  }
}

function textOf(event: unknown): string {
  return typeof event === 'string' ? event : JSON.stringify(event);
}

/** `*` in a path stands for every element of a list. */
function valuesAt(value: unknown, [first, ...rest]: readonly string[]): unknown[] {
  if (first === undefined) return value === undefined ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  if (first === '*') return Object.values(value).flatMap((one) => valuesAt(one, rest));
  return valuesAt((value as Record<string, unknown>)[first], rest);
}

function compares({ operator, value, isRegex }: Comparison, found: readonly unknown[]): boolean {
  const isSame = (one: unknown): boolean =>
    isRegex
      ? new RegExp(value).test(String(one))
      : new RegExp(
          `^${value
            .split('*')
            .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
            .join('.*')}$`,
          's',
        ).test(String(one));
  switch (operator) {
    case 'exists':
      return found.length > 0;
    case 'not-exists':
      return found.length === 0;
    case 'is-null':
      return found.some((one) => one === null);
    case 'is-true':
      return found.some((one) => one === true);
    case 'is-false':
      return found.some((one) => one === false);
    case '=':
      return found.some(isSame);
    case '!=':
      return found.length > 0 && !found.some(isSame);
    case '<':
      return found.some((one) => Number(one) < Number(value));
    case '<=':
      return found.some((one) => Number(one) <= Number(value));
    case '>':
      return found.some((one) => Number(one) > Number(value));
    case '>=':
      return found.some((one) => Number(one) >= Number(value));
  }
}
