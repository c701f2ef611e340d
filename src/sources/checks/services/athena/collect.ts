import { allOf, arnOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface WorkGroup {
  id: string;
  name: string;
  state: string;
}

export interface WorkGroupSettings {
  /** `SSE_S3`, `SSE_KMS`, `CSE_KMS`, or that of results which Athena keeps by itself with a key; null for none. */
  encryption: string | null;
  enforced: boolean;
}

async function athena({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-athena');
  return { ...sdk, client: clients.of(sdk.AthenaClient, region) };
}

export const athenaCalls = {
  'athena:ListWorkGroups': listCall<WorkGroup>({
    where: 'region',
    async list(caller) {
      const { client, paginateListWorkGroups } = await athena(caller);
      const groups = await allOf(paginateListWorkGroups({ client }, {}), (page) => page.WorkGroups);
      return groups.map(({ Name = '', State }) => ({
        id: arnOf(caller, 'athena', `workgroup/${Name}`),
        name: Name,
        state: State ?? 'ENABLED',
      }));
    },
  }),

  'athena:GetWorkGroup': detailCall<WorkGroup, WorkGroupSettings>({
    of: 'athena:ListWorkGroups',
    async get(caller, { name }) {
      const { client, GetWorkGroupCommand } = await athena(caller);
      const answer = await client.send(new GetWorkGroupCommand({ WorkGroup: name }));
      const settings = answer.WorkGroup?.Configuration;
      const managed = settings?.ManagedQueryResultsConfiguration;
      return {
        encryption:
          settings?.ResultConfiguration?.EncryptionConfiguration?.EncryptionOption ??
          (managed?.Enabled === true && managed.EncryptionConfiguration !== undefined ? 'managed' : null),
        enforced: settings?.EnforceWorkGroupConfiguration ?? false,
      };
    },
  }),
};
