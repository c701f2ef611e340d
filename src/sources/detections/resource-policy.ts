/** Who asks to do what to a resource. */
export interface Wish {
  /** e.g. `events.amazonaws.com`. */
  service: string;
  action: string;
  accountId: string;
  /** ARN of the rule or alarm. */
  sourceArn: string;
}

interface Statement {
  Effect?: string;
  Principal?: string | Record<string, string | string[]>;
  NotPrincipal?: unknown;
  Action?: string | string[];
  NotAction?: unknown;
  Condition?: Record<string, Record<string, string | string[]>>;
}

/**
 * Whether the policy of a topic, queue, key or function lets a service of AWS do something, as far as its conditions speak
 * of the account and of what the service does it for; other conditions are taken to be met.
 */
export function allowsService(policy: string, wish: Wish): boolean {
  let statements: Statement[];
  try {
    const parsed = JSON.parse(policy) as { Statement?: Statement | Statement[] } | null;
    statements = [parsed?.Statement ?? []].flat();
  } catch {
    return false;
  }
  const concerns = statements.filter((one) => isOf(one, wish) && meets(one.Condition ?? {}, wish));
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

function meets(condition: NonNullable<Statement['Condition']>, { accountId, sourceArn }: Wish): boolean {
  const known: Readonly<Record<string, string>> = {
    'aws:sourceaccount': accountId,
    'aws:sourceowner': accountId,
    'aws:sourcearn': sourceArn,
  };
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const value = known[key.toLowerCase()];
      if (value === undefined) return true;
      const isMet = [wanted]
        .flat()
        .some((one) => (/Like|Arn/.test(operator) ? isLike(one, value) : one === value));
      return /Not/.test(operator) ? !isMet : isMet;
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
