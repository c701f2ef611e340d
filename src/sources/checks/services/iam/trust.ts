import { isAnyone } from '../../iam-policy/access.ts';
import { isNarrowed } from '../../iam-policy/conditions.ts';
import { matches, parsePolicy } from '../../iam-policy/document.ts';
import type { Statement } from '../../iam-policy/document.ts';

const ASSUMING = ['sts:assumerole', 'sts:assumerolewithsaml', 'sts:assumerolewithwebidentity'];

/** The statements by which anybody may assume a role. Who they are is what must be known: where they call from does not do. */
export function statementsTrustingAnyone(trustPolicy: string): Statement[] {
  return (parsePolicy(trustPolicy) ?? []).filter(
    (statement) =>
      statement.effect === 'Allow' &&
      (statement.principals ?? []).some(isAnyone) &&
      ASSUMING.some((action) => (statement.actions ?? []).some((pattern) => matches(pattern, action))) &&
      !isNarrowed(statement, { identities: true, networks: false }) &&
      !asksForExternalId(statement),
  );
}

function asksForExternalId({ conditions }: Statement): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      key === 'sts:externalid' &&
      /^string(?:equals(?:ignorecase)?|like)$/.test(operator) &&
      values.every((value) => !/^\*+$/.test(value)),
  );
}
