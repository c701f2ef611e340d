import { allOf, arnOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface EmailIdentity {
  id: string;
  name: string;
}

const POLICIES_AT_ONCE = 20;

async function ses({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-ses');
  return { ...sdk, client: clients.of(sdk.SESClient, region) };
}

export const sesCalls = {
  'ses:ListIdentities': listCall<EmailIdentity>({
    where: 'region',
    async list(caller) {
      const { client, paginateListIdentities } = await ses(caller);
      const names = await allOf(paginateListIdentities({ client }, {}), (page) => page.Identities);
      return names.map((name) => ({ id: arnOf(caller, 'ses', `identity/${name}`), name }));
    },
  }),

  /** Of those who may send in its name. */
  'ses:GetIdentityPolicies': detailCall<EmailIdentity, readonly string[]>({
    of: 'ses:ListIdentities',
    sends: ['ses:ListIdentityPolicies', 'ses:GetIdentityPolicies'],
    permissions: ['ses:ListIdentityPolicies', 'ses:GetIdentityPolicies'],
    async get(caller, { name }) {
      const { client, ListIdentityPoliciesCommand, GetIdentityPoliciesCommand } = await ses(caller);
      const { PolicyNames = [] } = await client.send(new ListIdentityPoliciesCommand({ Identity: name }));
      if (PolicyNames.length === 0) return [];
      // An identity has no more than can be asked at once.
      const asked = { Identity: name, PolicyNames: PolicyNames.slice(0, POLICIES_AT_ONCE) };
      const { Policies = {} } = await client.send(new GetIdentityPoliciesCommand(asked));
      return Object.values(Policies);
    },
  }),
};
