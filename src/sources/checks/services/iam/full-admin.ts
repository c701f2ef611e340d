import { fullAdminStatements } from '../../iam-policy/access.ts';
import { parsePolicy } from '../../iam-policy/document.ts';
import { perList } from '../../per-list.ts';
import type { Authorization, Identity } from './collect.ts';
import { isAwsPolicy } from './policies.ts';

/** Whether an identity's policy allows every action on every resource. */
export function isFullAdmin(document: string): boolean {
  return fullAdminStatements(parsePolicy(document) ?? []).length > 0;
}

/** The names of the policies, attached and inline, that make an administrator of a user, group or role. */
export function administratorPolicies(
  { attached, inline }: Identity,
  all: readonly Authorization[],
): string[] {
  const administrators = administratorArns(all);
  return [
    ...attached
      .filter((arn) => administrators.has(arn) || isAwsPolicy(arn, 'AdministratorAccess'))
      .map((arn) => arn.split('/').at(-1) ?? arn),
    ...inline.filter(({ document }) => isFullAdmin(document)).map(({ name }) => name),
  ];
}

/** Of those that somebody has: AWS has more than a thousand policies. */
const administratorArns = perList((all: readonly Authorization[]) => {
  const held = new Set(all.flatMap((one) => (one.kind === 'policy' ? [] : one.attached)));
  return new Set(
    all
      .filter((one) => one.kind === 'policy' && held.has(one.id) && isFullAdmin(one.document))
      .map(({ id }) => id),
  );
});
