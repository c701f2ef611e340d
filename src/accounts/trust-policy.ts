import { reportOf } from '../errors.ts';
import type { Account } from '../model/account.ts';
import type { FailureReport } from '../model/failure.ts';
import type { Config } from '../settings.ts';
import { openBaseIdentity } from './base-identity.ts';
import { identityOf } from './identity.ts';
import type { Identity } from './identity.ts';
import { parseRoleArn } from './role-arn.ts';

/** In place of the identity where that is not known. */
const PLACE_HOLDER = 'ACCOUNT-ID-OF-VEDETTE';

/**
 * The policy that lets one identity assume a role, and only for who brings the external id.
 *
 * A session's ARN does not tell the path of its role, so the account is trusted, and the role by any path.
 *
 * @param identity null leaves the account to be filled in
 */
export function trustPolicy(roleArn: string, externalId: string, identity: Identity | null) {
  const { partition } = parseRoleArn(roleArn);
  const account = identity?.accountId ?? PLACE_HOLDER;
  const role = /:assumed-role\/([^/]+)\//.exec(identity?.arn ?? '')?.[1];
  const roles = `arn:${partition}:iam::${account}:role`;
  const isUser = identity !== null && role === undefined;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: isUser ? identity.arn : `arn:${partition}:iam::${account}:root` },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'sts:ExternalId': externalId },
          ...(role === undefined
            ? {}
            : { ArnLike: { 'aws:PrincipalArn': [`${roles}/${role}`, `${roles}/*/${role}`] } }),
        },
      },
    ],
  };
}

/**
 * The trust policy that an account's role needs.
 *
 * @returns with it, why nobody is named in it, when whoever is to assume the role cannot sign in; else null
 * @throws the signal's reason when it is aborted.
 */
export async function trustPolicyFor(
  { roleArn, externalId, baseProfile }: Account,
  config: Config,
  signal: AbortSignal,
): Promise<{ policy: ReturnType<typeof trustPolicy>; unknownIdentity: FailureReport | null }> {
  try {
    const identity = await identityOf(await openBaseIdentity(baseProfile, config), { signal });
    return { policy: trustPolicy(roleArn, externalId, identity), unknownIdentity: null };
  } catch (error) {
    signal.throwIfAborted();
    return { policy: trustPolicy(roleArn, externalId, null), unknownIdentity: reportOf(error) };
  }
}
