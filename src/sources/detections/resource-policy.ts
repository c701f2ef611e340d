/** Who asks to do what to a resource. */
export interface Wish {
  /** e.g. `events.amazonaws.com`. */
  service: string;
  action: string;
  /** The account, and the ARN of the rule or alarm, that it asks for; null where it does not say so. */
  source: { accountId: string; arn: string } | null;
}

/** AWS takes `false` for `"false"`. */
type Wanted = string | number | boolean;

interface Statement {
  Effect?: string;
  Principal?: string | Record<string, string | string[]>;
  NotPrincipal?: unknown;
  Action?: string | string[];
  NotAction?: unknown;
  Condition?: Record<string, Record<string, Wanted | Wanted[]>>;
}

/**
 * Whether the policy of a topic, queue, key or function lets a service of AWS do something, as far as its conditions speak
 * of the account and of what the service does it for. Other conditions are taken to be met where they allow, and not to be
 * where they deny.
 */
export function allowsService(policy: string, wish: Wish): boolean {
  let statements: Statement[];
  try {
    const parsed = JSON.parse(policy) as { Statement?: Statement | Statement[] } | null;
    statements = [parsed?.Statement ?? []].flat();
  } catch {
    return false;
  }
  const concerns = statements.filter(
    (one) => isOf(one, wish) && meets(one.Condition ?? {}, wish, one.Effect === 'Allow'),
  );
  if (concerns.some(({ Effect }) => Effect === 'Deny')) return false;
  return concerns.some(({ Effect }) => Effect === 'Allow');
}

function isOf({ Principal, Action }: Statement, { service, action }: Wish): boolean {
  const principals =
    typeof Principal === 'string'
      ? [Principal]
      : Object.entries(Principal ?? {}).flatMap(([kind, names]) =>
          kind === 'Service' || kind === 'AWS'
            ? [names].flat().filter((name) => kind === 'Service' || name === '*')
            : [],
        );
  const actions = [Action ?? []].flat();
  return (
    principals.some((one) => one === '*' || one === service) &&
    actions.some((one) => isLike(one.toLowerCase(), action.toLowerCase()))
  );
}

function meets(
  condition: NonNullable<Statement['Condition']>,
  { source }: Wish,
  otherwise: boolean,
): boolean {
  const known: Readonly<Record<string, string | null>> = {
    'aws:sourceaccount': source?.accountId ?? null,
    'aws:sourceowner': source?.accountId ?? null,
    'aws:sourcearn': source?.arn ?? null,
    'aws:securetransport': 'true',
  };
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const value = known[key.toLowerCase()];
      if (value === undefined) return otherwise;
      const isNegated = /Not/.test(operator);
      if (value === null) return isNegated || operator.endsWith('IfExists');
      const isMet = [wanted]
        .flat()
        .some((one) => (/Like|Arn/.test(operator) ? isLike(String(one), value) : String(one) === value));
      return isNegated ? !isMet : isMet;
    }),
  );
}

function isLike(pattern: string, value: string): boolean {
  // Both lengths are bounded by AWS; without a pattern of their own kind there is nothing to backtrack.
  let [at, from, star, resume] = [0, 0, -1, 0];
  while (at < value.length) {
    if (from < pattern.length && (pattern[from] === '?' || pattern[from] === value[at])) {
      at += 1;
      from += 1;
    } else if (pattern[from] === '*') {
      star = from;
      resume = at;
      from += 1;
    } else if (star >= 0) {
      from = star + 1;
      resume += 1;
      at = resume;
    } else return false;
  }
  while (pattern[from] === '*') from += 1;
  return from === pattern.length;
}
