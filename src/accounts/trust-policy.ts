import { parseRoleArn } from './role-arn.ts';

/** Whom a role trusts: an account, or one identity in it. */
export interface TrustedIdentity {
  accountId: string;
  /** As STS tells it. */
  arn: string;
}

/** In place of the identity where that is not known. */
const PLACE_HOLDER = 'ACCOUNT-ID-OF-VEDETTE';

/**
 * The policy that lets one identity assume a role, and only for who brings the external id.
 *
 * A session's ARN does not tell the path of its role, so the account is trusted, and the role by any path.
 *
 * @param identity null leaves the account to be filled in
 */
export function trustPolicy(roleArn: string, externalId: string, identity: TrustedIdentity | null) {
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
