import { allOf, arnOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface Pool {
  id: string;
  poolId: string;
  name: string;
}

export interface UserPoolDescription {
  /** `ON`, `OPTIONAL` or `OFF`. */
  mfa: string;
  /** Null where there is no policy. */
  minimumLength: number | null;
  deletionProtected: boolean;
}

async function userPools({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-cognito-identity-provider');
  return { ...sdk, client: clients.of(sdk.CognitoIdentityProviderClient, region) };
}

async function identityPools({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-cognito-identity');
  return { ...sdk, client: clients.of(sdk.CognitoIdentityClient, region) };
}

export const cognitoCalls = {
  'cognito-identity-provider:ListUserPools': listCall<Pool>({
    where: 'region',
    permissions: ['cognito-idp:ListUserPools'],
    async list(caller) {
      const { client, paginateListUserPools } = await userPools(caller);
      const pages = paginateListUserPools({ client }, { MaxResults: 60 });
      const pools = await allOf(pages, (page) => page.UserPools);
      return pools.map(({ Id = '', Name = '' }) => ({
        id: arnOf(caller, 'cognito-idp', `userpool/${Id}`),
        poolId: Id,
        name: Name,
      }));
    },
  }),

  'cognito-identity-provider:DescribeUserPool': detailCall<Pool, UserPoolDescription>({
    of: 'cognito-identity-provider:ListUserPools',
    permissions: ['cognito-idp:DescribeUserPool'],
    async get(caller, { poolId }) {
      const { client, DescribeUserPoolCommand } = await userPools(caller);
      const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
      return {
        mfa: UserPool?.MfaConfiguration ?? 'OFF',
        minimumLength: UserPool?.Policies?.PasswordPolicy?.MinimumLength ?? null,
        deletionProtected: UserPool?.DeletionProtection === 'ACTIVE',
      };
    },
  }),

  'cognito-identity:ListIdentityPools': listCall<Pool>({
    where: 'region',
    async list(caller) {
      const { client, paginateListIdentityPools } = await identityPools(caller);
      const pages = paginateListIdentityPools({ client }, { MaxResults: 60 });
      const pools = await allOf(pages, (page) => page.IdentityPools);
      return pools.map(({ IdentityPoolId = '', IdentityPoolName = '' }) => ({
        id: arnOf(caller, 'cognito-identity', `identitypool/${IdentityPoolId}`),
        poolId: IdentityPoolId,
        name: IdentityPoolName,
      }));
    },
  }),

  'cognito-identity:DescribeIdentityPool': detailCall<Pool, { allowsGuests: boolean }>({
    of: 'cognito-identity:ListIdentityPools',
    async get(caller, { poolId }) {
      const { client, DescribeIdentityPoolCommand } = await identityPools(caller);
      const pool = await client.send(new DescribeIdentityPoolCommand({ IdentityPoolId: poolId }));
      return { allowsGuests: pool.AllowUnauthenticatedIdentities ?? false };
    },
  }),
};
