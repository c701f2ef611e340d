import { isAnyone } from '../../iam-policy/access.ts';
import { pins } from '../../iam-policy/conditions.ts';
import type { Statement } from '../../iam-policy/document.ts';
import { foreignAccounts } from '../../iam-policy/foreign.ts';
import type { KnownAccounts } from '../../iam-policy/foreign.ts';

/** Keys that keep to the buckets, queues … of known accounts, whoever asks. */
const OF_RESOURCES = new Set(['aws:resourceaccount', 'aws:resourceorgid', 'aws:resourceorgpaths']);
/** Whatever comes through an endpoint comes from its network: that tells nobody from anybody. */
const OF_NETWORKS = new Set(['aws:sourceip', 'aws:sourcevpc', 'aws:sourcevpce', 'aws:vpcsourceip']);

/** Whom an endpoint lets through that is not known: accounts by their ids, `*` where it is everybody. */
export function letThrough(statements: readonly Statement[], known: KnownAccounts): string[] {
  const judged = statements.filter((one) => !keepsToKnownResources(one)).map(withoutNetworks);
  return foreignAccounts(judged, known);
}

function keepsToKnownResources({ effect, principals, conditions }: Statement): boolean {
  return (
    effect === 'Allow' &&
    (principals ?? []).some(isAnyone) &&
    conditions.some((one) => pins(one, (key) => OF_RESOURCES.has(key)))
  );
}

function withoutNetworks(statement: Statement): Statement {
  if (statement.effect === 'Deny') return statement;
  return { ...statement, conditions: statement.conditions.filter(({ key }) => !OF_NETWORKS.has(key)) };
}
