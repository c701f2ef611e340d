/** A statement with everything that AWS lets one leave out, or write in two ways, written in one. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  /** Patterns, in lower case. Exactly one of `actions` and `notActions` is not null. */
  actions: readonly string[] | null;
  notActions: readonly string[] | null;
  resources: readonly string[] | null;
  notResources: readonly string[] | null;
  /** Null where the policy is one of an identity. */
  principals: readonly Principal[] | null;
  /** Everybody but these. */
  notPrincipals: readonly Principal[] | null;
  conditions: readonly Condition[];
}

export interface Principal {
  /** `AWS`, `Service`, `Federated` or `CanonicalUser`. */
  kind: string;
  value: string;
}

export interface Condition {
  /** In lower case, as are keys: AWS reads both so. */
  operator: string;
  key: string;
  values: readonly string[];
}

/** Null for what is no policy. */
export function parsePolicy(document: string): Statement[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch {
    return null;
  }
  if (!isRecord(parsed)) return null;
  return listOf(parsed['Statement']).filter(isRecord).map(statementOf);
}

function statementOf(raw: Readonly<Record<string, unknown>>): Statement {
  const texts = (name: string): string[] | null =>
    raw[name] === undefined ? null : listOf(raw[name]).map(String);
  const lower = (name: string): string[] | null => texts(name)?.map((text) => text.toLowerCase()) ?? null;
  return {
    effect: raw['Effect'] === 'Deny' ? 'Deny' : 'Allow',
    actions: lower('Action'),
    notActions: lower('NotAction'),
    resources: texts('Resource'),
    notResources: texts('NotResource'),
    principals: principalsOf(raw['Principal']),
    notPrincipals: principalsOf(raw['NotPrincipal']),
    conditions: conditionsOf(raw['Condition']),
  };
}

function principalsOf(raw: unknown): Principal[] | null {
  if (raw === undefined) return null;
  if (!isRecord(raw)) return listOf(raw).map((value) => ({ kind: 'AWS', value: String(value) }));
  return Object.entries(raw).flatMap(([kind, values]) =>
    listOf(values).map((value) => ({ kind, value: String(value) })),
  );
}

function conditionsOf(raw: unknown): Condition[] {
  if (!isRecord(raw)) return [];
  return Object.entries(raw).flatMap(([operator, keys]) =>
    !isRecord(keys)
      ? []
      : Object.entries(keys).map(([key, values]) => ({
          operator: operator.toLowerCase(),
          key: key.toLowerCase(),
          values: listOf(values).map(String),
        })),
  );
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether a text is one that the pattern stands for; `*` is any text, `?` any character. Takes no longer than the lengths
 * of the two multiplied, whatever the pattern: it is somebody else's.
 */
export function matches(pattern: string, text: string): boolean {
  let at = 0;
  let read = 0;
  /** After the last `*`, and where in the text it may end. */
  let after = -1;
  let end = 0;
  while (read < text.length) {
    if (pattern[at] === '*') {
      at += 1;
      after = at;
      end = read;
    } else if (pattern[at] === '?' || pattern[at] === text[read]) {
      at += 1;
      read += 1;
    } else if (after === -1) {
      return false;
    } else {
      at = after;
      end += 1;
      read = end;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
