import { allOf, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

/** Something that AWS Backup has backed up; its id is that of the thing itself. */
export interface ProtectedResource {
  id: string;
}

async function backup({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-backup');
  return { ...sdk, client: clients.of(sdk.BackupClient, region) };
}

export const backupCalls = {
  'backup:ListProtectedResources': listCall<ProtectedResource>({
    where: 'region',
    async list(caller) {
      const { client, paginateListProtectedResources } = await backup(caller);
      const resources = await allOf(paginateListProtectedResources({ client }, {}), (page) => page.Results);
      return resources.map(({ ResourceArn = '' }) => ({ id: ResourceArn }));
    },
  }),
};
