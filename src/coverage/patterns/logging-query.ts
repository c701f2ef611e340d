import { VedetteError } from '../../errors.ts';

/** A query in Google Cloud's Logging query language. */
export type LoggingQuery =
  | { kind: 'and' | 'or'; parts: readonly LoggingQuery[] }
  | { kind: 'not'; part: LoggingQuery }
  | QueryComparison
  /** Text that may stand in any field. */
  | { kind: 'text'; text: string };

export interface QueryComparison {
  kind: 'compare';
  /** As written, e.g. `protoPayload.methodName`. */
  field: string;
  operator: '=' | '!=' | ':' | '=~' | '!~' | '<' | '<=' | '>' | '>=';
  value: string;
}

type Token = { kind: 'word' | 'quoted' | 'symbol'; text: string };

const TOKEN =
  /\s*(?:--[^\n]*|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(=~|!~|!=|<=|>=|[=:<>()]|-(?=[\w"(])|NOT\b|AND\b|OR\b)|((?:[^\s"'()=:<>!~]|-(?=\w))+))/y;

/** @throws VedetteError `usage` that says where the query cannot be read */
export function parseLoggingQuery(text: string): LoggingQuery {
  return new Parser(text).parse();
}

const COMPARE = ['=', '!=', ':', '=~', '!~', '<', '<=', '>', '>='];

class Parser {
  readonly #tokens: Token[] = [];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    let at = 0;
    while (text.slice(at).trim() !== '') {
      TOKEN.lastIndex = at;
      const match = TOKEN.exec(text);
      if (match === null || match[0].length === 0) throw unreadable(text.slice(at, at + 20));
      const [whole, quoted, symbol, word] = match;
      at += whole.length;
      if (quoted !== undefined) {
        this.#tokens.push({ kind: 'quoted', text: quoted.slice(1, -1).replaceAll(/\\(["'])/g, '$1') });
      } else if (symbol !== undefined) this.#tokens.push({ kind: 'symbol', text: symbol });
      else if (word !== undefined) this.#tokens.push({ kind: 'word', text: word });
    }
  }

  parse(): LoggingQuery {
    if (this.#tokens.length === 0) return { kind: 'and', parts: [] };
    const query = this.#and();
    if (this.#next < this.#tokens.length) throw unreadable(this.#peek()?.text ?? '');
    return query;
  }

  /** AND binds less than OR, and may be left out between two lines. */
  #and(): LoggingQuery {
    const parts = [this.#or()];
    for (;;) {
      const token = this.#peek();
      if (token === undefined || isSymbol(token, ')')) break;
      if (isSymbol(token, 'AND')) this.#next += 1;
      parts.push(this.#or());
    }
    return parts.length === 1 ? (parts[0] as LoggingQuery) : { kind: 'and', parts };
  }

  #or(): LoggingQuery {
    const parts = [this.#not()];
    while (isSymbol(this.#peek(), 'OR')) {
      this.#next += 1;
      parts.push(this.#not());
    }
    return parts.length === 1 ? (parts[0] as LoggingQuery) : { kind: 'or', parts };
  }

  #not(): LoggingQuery {
    if (isSymbol(this.#peek(), 'NOT') || isSymbol(this.#peek(), '-')) {
      this.#next += 1;
      return { kind: 'not', part: this.#not() };
    }
    return this.#primary();
  }

  #primary(): LoggingQuery {
    const token = this.#take();
    if (isSymbol(token, '(')) {
      this.#enter();
      const inner = this.#and();
      this.#leave();
      return inner;
    }
    if (token.kind === 'symbol') throw unreadable(token.text);
    const operator = this.#peek();
    if (operator === undefined || operator.kind !== 'symbol' || !COMPARE.includes(operator.text)) {
      return { kind: 'text', text: token.text };
    }
    this.#next += 1;
    return this.#values(token.text, operator.text as QueryComparison['operator']);
  }

  /** One value, or several in parentheses: `methodName=("a" OR "b")`. */
  #values(field: string, operator: QueryComparison['operator']): LoggingQuery {
    const token = this.#take();
    if (!isSymbol(token, '(')) {
      if (token.kind === 'symbol') throw unreadable(token.text);
      return { kind: 'compare', field, operator, value: token.text };
    }
    this.#enter();
    const inner = this.#and();
    this.#leave();
    return ofField(inner, field, operator);
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > 100) throw unreadable('(');
  }

  #leave(): void {
    this.#depth -= 1;
    const token = this.#take();
    if (!isSymbol(token, ')')) throw unreadable(token.text);
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #take(): Token {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw unreadable('its end');
    this.#next += 1;
    return token;
  }
}

function ofField(query: LoggingQuery, field: string, operator: QueryComparison['operator']): LoggingQuery {
  switch (query.kind) {
    case 'text':
      return { kind: 'compare', field, operator, value: query.text };
    case 'not':
      return { kind: 'not', part: ofField(query.part, field, operator) };
    case 'and':
    case 'or':
      return { kind: query.kind, parts: query.parts.map((part) => ofField(part, field, operator)) };
    case 'compare':
      return query;
  }
}

function isSymbol(token: Token | undefined, text: string): boolean {
  return token?.kind === 'symbol' && token.text === text;
}

function unreadable(what: string): VedetteError {
  return new VedetteError('usage', `The logging query cannot be read at ${JSON.stringify(what)}.`);
}

/** Whether a log entry, as JSON, meets a query. */
export function matchesQuery(query: LoggingQuery, entry: unknown): boolean {
  switch (query.kind) {
    case 'and':
      return query.parts.every((part) => matchesQuery(part, entry));
    case 'or':
      return query.parts.some((part) => matchesQuery(part, entry));
    case 'not':
      return !matchesQuery(query.part, entry);
    case 'text':
      return JSON.stringify(entry).toLowerCase().includes(query.text.toLowerCase());
    case 'compare':
      return meets(query, valuesAt(entry, query.field.replaceAll(/"|\\/g, '').split('.')));
  }
}

function valuesAt(value: unknown, [first, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(value))
    return value.flatMap((one) => valuesAt(one, first === undefined ? [] : [first, ...rest]));
  if (first === undefined) return value === undefined ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  const fields = value as Record<string, unknown>;
  // Field names are told apart without regard to case and to snake_case.
  const name = Object.keys(fields).find((one) => plain(one) === plain(first));
  return name === undefined ? [] : valuesAt(fields[name], rest);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
}

function meets({ operator, value }: QueryComparison, found: readonly unknown[]): boolean {
  switch (operator) {
    case '=':
      return found.some((one) => String(one) === value);
    case '!=':
      return !found.some((one) => String(one) === value);
    case ':':
      return value === '*'
        ? found.length > 0
        : found.some((one) => searchable(one).toLowerCase().includes(value.toLowerCase()));
    case '=~':
      return found.some((one) => new RegExp(value).test(String(one)));
    case '!~':
      return !found.some((one) => new RegExp(value).test(String(one)));
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

function searchable(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
