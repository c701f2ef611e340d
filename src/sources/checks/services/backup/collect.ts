import { allOf, allPartsOf, arnOf, listCall, readOnce } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

/** Something that AWS Backup has backed up; its id is that of the thing itself. */
export interface ProtectedResource {
  id: string;
}

export interface BackupVault {
  id: string;
  name: string;
  keyArn: string | null;
}

/** How many plans there are in a region. */
export interface BackupPlans {
  id: string;
  plans: number;
}

export interface RecoveryPoint {
  id: string;
  vault: string;
  resourceType: string;
  status: string;
  encrypted: boolean;
}

async function backup({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-backup');
  return { ...sdk, client: clients.of(sdk.BackupClient, region) };
}

const vaults = readOnce(async (caller): Promise<BackupVault[]> => {
  const { client, paginateListBackupVaults } = await backup(caller);
  const found = await allOf(paginateListBackupVaults({ client }, {}), (page) => page.BackupVaultList);
  return found.map(({ BackupVaultArn = '', BackupVaultName = '', EncryptionKeyArn }) => ({
    id: BackupVaultArn,
    name: BackupVaultName,
    keyArn: EncryptionKeyArn || null,
  }));
});

export const backupCalls = {
  'backup:ListProtectedResources': listCall<ProtectedResource>({
    where: 'region',
    async list(caller) {
      const { client, paginateListProtectedResources } = await backup(caller);
      const resources = await allOf(paginateListProtectedResources({ client }, {}), (page) => page.Results);
      return resources.map(({ ResourceArn = '' }) => ({ id: ResourceArn }));
    },
  }),

  'backup:ListBackupPlans': listCall<BackupPlans>({
    where: 'region',
    async list(caller) {
      const { client, paginateListBackupPlans } = await backup(caller);
      const plans = await allOf(paginateListBackupPlans({ client }, {}), (page) => page.BackupPlansList);
      return [{ id: arnOf(caller, 'backup', 'backup-plans'), plans: plans.length }];
    },
  }),

  'backup:ListBackupVaults': listCall<BackupVault>({ where: 'region', list: vaults }),

  'backup:ListRecoveryPointsByBackupVault': listCall<RecoveryPoint>({
    where: 'region',
    sends: ['backup:ListBackupVaults', 'backup:ListRecoveryPointsByBackupVault'],
    permissions: ['backup:ListBackupVaults', 'backup:ListRecoveryPointsByBackupVault'],
    async list(caller) {
      const { client, paginateListRecoveryPointsByBackupVault } = await backup(caller);
      return allPartsOf(await vaults(caller), async ({ name }) => {
        const pages = paginateListRecoveryPointsByBackupVault({ client }, { BackupVaultName: name });
        const points = await allOf(pages, (page) => page.RecoveryPoints);
        return points.map((point) => ({
          id: point.RecoveryPointArn ?? '',
          vault: name,
          resourceType: point.ResourceType ?? '',
          status: point.Status ?? '',
          encrypted: point.IsEncrypted ?? false,
        }));
      });
    },
  }),
};
