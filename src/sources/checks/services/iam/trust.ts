import { coversAction, isAnyone } from '../../iam-policy/access.ts';
import { isNarrowed, pins } from '../../iam-policy/conditions.ts';
import { parsePolicy } from '../../iam-policy/document.ts';
import type { Statement } from '../../iam-policy/document.ts';
import { foreignOf } from '../../iam-policy/foreign.ts';
import type { KnownAccounts } from '../../iam-policy/foreign.ts';

const ASSUMING = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'];

/** Whether AWS made a role for one of its services: nobody can change it. */
export function isServiceLinked({ path }: { path: string }): boolean {
  return path.startsWith('/aws-service-role/');
}

/** The statements of a trust policy by which somebody may assume the role. */
export function assumingStatements(trustPolicy: string, actions: readonly string[] = ASSUMING): Statement[] {
  return (parsePolicy(trustPolicy) ?? []).filter(
    (statement) => statement.effect === 'Allow' && actions.some((action) => coversAction(statement, action)),
  );
}

/** The statements by which anybody may assume a role. Who they are is what must be known: where they call from does not do. */
export function statementsTrustingAnyone(trustPolicy: string): Statement[] {
  return assumingStatements(trustPolicy).filter(
    (statement) =>
      (statement.principals ?? []).some(isAnyone) &&
      !isNarrowed(statement, { identities: true, networks: false }) &&
      !asksForExternalId(statement),
  );
}

/** Accounts that may assume a role, and are neither its own nor trusted; `*` where all of them may. */
export function strangersTrusted(
  trustPolicy: string,
  known: KnownAccounts,
  counts: (statement: Statement) => boolean = () => true,
): string[] {
  const found = assumingStatements(trustPolicy)
    .filter(counts)
    .flatMap((statement) => foreignOf(statement, known));
  return [...new Set(found)].toSorted();
}

/** Whether who assumes a role needs to know an external id, or to have MFA. */
export function asksForMore(statement: Statement): boolean {
  return asksForExternalId(statement) || asksForMfa(statement);
}

function asksForExternalId({ conditions }: Statement): boolean {
  return conditions.some((condition) => pins(condition, (key) => key === 'sts:externalid'));
}

function asksForMfa({ conditions }: Statement): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      (operator === 'bool' &&
        key === 'aws:multifactorauthpresent' &&
        values.every((value) => value.toLowerCase() === 'true')) ||
      (operator.startsWith('numericlessthan') &&
        !operator.endsWith('ifexists') &&
        key === 'aws:multifactorauthage'),
  );
}

export interface TrustedService {
  /** Without its domain: `lambda`. */
  service: string;
  /** Whether the service may assume the role for certain accounts or resources only. */
  pinned: boolean;
}

/** AWS's services that may assume a role. */
export function servicesTrusted(trustPolicy: string): TrustedService[] {
  return assumingStatements(trustPolicy, ['sts:AssumeRole']).flatMap(({ principals, conditions }) => {
    const pinned = conditions.some((one) => pins(one, (key) => /^aws:source(?:arn|account|org)/.test(key)));
    return (principals ?? [])
      .filter(({ kind }) => kind === 'Service')
      .map(({ value }) => ({ service: value.split('.')[0] ?? value, pinned }));
  });
}
