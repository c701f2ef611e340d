import { isNarrowed } from './conditions.ts';
import { matches } from './document.ts';
import type { Principal, Statement } from './document.ts';

/** Whether a principal is everybody: also written as whoever is in any account. */
export function isAnyone({ kind, value }: Principal): boolean {
  return (
    (kind === 'AWS' || kind === 'CanonicalUser') && (value === '*' || /^arn:[\w-]+:\w+::\*:/.test(value))
  );
}

/** What a resource's policy lets everybody do: the statements that allow it without narrowing who they are. */
export function publicStatements(statements: readonly Statement[]): Statement[] {
  return statements.filter(
    (statement) =>
      statement.effect === 'Allow' &&
      // Allow with NotPrincipal is everybody but those.
      (statement.notPrincipals !== null || (statement.principals ?? []).some(isAnyone)) &&
      !isNarrowed(statement) &&
      !isTakenBack(statement, statements),
  );
}

/** Whether a statement speaks of an action, e.g. `s3:PutObject`. */
export function coversAction({ actions, notActions }: Statement, action: string): boolean {
  const lower = action.toLowerCase();
  if (actions !== null) return actions.some((pattern) => matches(pattern, lower));
  return notActions !== null && !notActions.some((pattern) => matches(pattern, lower));
}

/** Whether a statement speaks of every action: `*`, `*:*`, or all but some that are no whole service. */
export function coversEveryAction({ actions, notActions }: Statement): boolean {
  if (actions !== null) return actions.some((pattern) => /^(?:\*+|\*+:\*+)$/.test(pattern));
  return notActions !== null && !notActions.some((pattern) => /^(?:\*+|[^:]+:\*+)$/.test(pattern));
}

export function coversEveryResource({ resources, notResources }: Statement): boolean {
  return notResources === null && (resources ?? []).some((pattern) => /^\*+$/.test(pattern));
}

/** Whether a pattern stands for all of a kind: `*`, or an ARN with nothing fixed behind the kind, such as `…:role/*`. */
export function isAtLarge(pattern: string): boolean {
  if (/^\*+$/.test(pattern)) return true;
  const parts = pattern.split(':');
  if (parts.length < 6) return pattern.endsWith('*');
  return /^(?:[\w-]+[/:])?\*+$/.test(parts.slice(5).join(':'));
}

/** The statements by which an identity's policy allows an action on wide resources; none where it is denied everywhere. */
export function statementsAllowing(
  statements: readonly Statement[],
  action: string,
  isWide: (pattern: string) => boolean = isAtLarge,
): Statement[] {
  const isDenied = statements.some(
    (one) =>
      one.effect === 'Deny' &&
      one.conditions.length === 0 &&
      coversAction(one, action) &&
      coversEveryResource(one),
  );
  if (isDenied) return [];
  return statements.filter(
    (one) =>
      one.effect === 'Allow' &&
      coversAction(one, action) &&
      (one.notResources !== null || (one.resources ?? []).some(isWide)),
  );
}

/** The statements by which an identity's policy makes an administrator of who has it. */
export function fullAdminStatements(statements: readonly Statement[]): Statement[] {
  return statements.filter(
    (statement) =>
      statement.effect === 'Allow' &&
      coversEveryAction(statement) &&
      coversEveryResource(statement) &&
      !isNarrowed(statement) &&
      !statements.some(
        (other) =>
          other.effect === 'Deny' &&
          other.conditions.length === 0 &&
          coversEveryAction(other) &&
          coversEveryResource(other),
      ),
  );
}

/** Whether a Deny without conditions takes back for everybody what the statement allows. */
export function isTakenBack(allowed: Statement, statements: readonly Statement[]): boolean {
  return statements.some(
    (other) =>
      other.effect === 'Deny' &&
      other.conditions.length === 0 &&
      (other.principals ?? []).some(isAnyone) &&
      coversPatterns(other.actions, allowed.actions) &&
      coversPatterns(other.resources, allowed.resources),
  );
}

function coversPatterns(wider: readonly string[] | null, narrower: readonly string[] | null): boolean {
  if (wider === null || narrower === null) return false;
  return narrower.every((one) => wider.some((pattern) => matches(pattern, one)));
}
