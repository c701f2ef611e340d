import { coversAction, isAnyone } from '../../iam-policy/access.ts';
import { matches, parsePolicy } from '../../iam-policy/document.ts';
import type { Statement } from '../../iam-policy/document.ts';

/** Whether a bucket's policy refuses everything that does not come by TLS, to the bucket and to its objects. */
export function refusesPlainHttp(policy: string, bucketArn: string): boolean {
  const refusing = (parsePolicy(policy) ?? []).filter(refusesWithoutTls);
  return [bucketArn, `${bucketArn}/any/object`].every((arn) =>
    refusing.some(({ resources }) => (resources ?? []).some((pattern) => matches(pattern, arn))),
  );
}

/** Any further condition would let something through. */
function refusesWithoutTls(statement: Statement): boolean {
  const [condition, ...others] = statement.conditions;
  return (
    statement.effect === 'Deny' &&
    (statement.principals ?? []).some(isAnyone) &&
    coversAction(statement, 's3:*') &&
    others.length === 0 &&
    condition !== undefined &&
    /^bool(?:ifexists)?$/.test(condition.operator) &&
    condition.key === 'aws:securetransport' &&
    condition.values.every((value) => value.toLowerCase() === 'false')
  );
}
