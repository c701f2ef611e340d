import { pins } from '../../iam-policy/conditions.ts';
import type { Condition } from '../../iam-policy/document.ts';
import { assumingStatements } from './trust.ts';

export interface WebIdentityTrust {
  /** ARN of the OIDC provider. */
  provider: string;
  /** Whether audience and subject are those of one application. */
  pinned: boolean;
}

/** The OIDC providers whose identities may assume a role. */
export function webIdentityTrusts(trustPolicy: string): WebIdentityTrust[] {
  return assumingStatements(trustPolicy, ['sts:AssumeRoleWithWebIdentity']).flatMap(
    ({ principals, conditions }) =>
      (principals ?? [])
        .filter(({ kind, value }) => kind === 'Federated' && value.includes(':oidc-provider/'))
        .map(({ value }) => ({
          provider: value,
          pinned:
            conditions.some((one) => pins(one, (key) => key.endsWith(':aud'))) &&
            conditions.some(pinsSubject),
        })),
  );
}

function pinsSubject(condition: Condition): boolean {
  return pins(condition, (key) => key.endsWith(':sub')) && condition.values.every(namesOne);
}

/** Any value that may stand for an application of somebody else lets them in. */
function namesOne(subject: string): boolean {
  if (/^[*?]/.test(subject)) return false;
  const [kind, owner = '', name = ''] = subject.split(/[:/]/);
  // Of GitHub: an owner and a repository.
  if (kind === 'repo') return !/[*?]/.test(owner) && name !== '' && !/^[*?]/.test(name);
  // Of Kubernetes: a namespace.
  if (subject.startsWith('system:serviceaccount:')) return !/[*?]/.test(subject.split(':')[2] ?? '*');
  return !subject.startsWith('system:*');
}
