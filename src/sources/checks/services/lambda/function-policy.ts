import { publicStatements } from '../../iam-policy/access.ts';
import { parsePolicy } from '../../iam-policy/document.ts';
import type { Statement } from '../../iam-policy/document.ts';

/** By what a function's policy lets in whom nobody knows: everybody, or a bucket whose name may change hands. */
export function openStatements(policy: string | null): string[] {
  const statements = parsePolicy(policy ?? '') ?? [];
  return [
    ...(publicStatements(statements).length > 0 ? ['everybody'] : []),
    ...(statements.some(letsAnyBucketIn) ? ['a bucket of any account'] : []),
  ];
}

function letsAnyBucketIn({ effect, principals, conditions }: Statement): boolean {
  return (
    effect === 'Allow' &&
    (principals ?? []).some(({ kind, value }) => kind === 'Service' && value === 's3.amazonaws.com') &&
    !conditions.some(({ key }) => key === 'aws:sourceaccount' || key === 'aws:principalorgid')
  );
}
