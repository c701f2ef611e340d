import { allOf, arnOf, detailCall, listCall, unlessNotConfigured } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';
import { taggedBy } from '../../tagged-by.ts';

export interface FileSystem {
  id: string;
  fileSystemId: string;
  name: string | null;
  encrypted: boolean;
  /** Of a file system in one zone. */
  zone: string | null;
  mountTargets: number;
}

export interface MountTarget {
  mountTargetId: string;
  subnetId: string;
}

export interface AccessPoint {
  id: string;
  name: string | null;
  fileSystemId: string;
  rootDirectory: string;
  setsUser: boolean;
}

const PERMISSION = 'elasticfilesystem';

async function efs({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-efs');
  return { ...sdk, client: clients.of(sdk.EFSClient, region) };
}

export const efsCalls = {
  'efs:DescribeFileSystems': listCall<FileSystem>({
    where: 'region',
    permissions: [`${PERMISSION}:DescribeFileSystems`],
    async list(caller) {
      const { client, paginateDescribeFileSystems } = await efs(caller);
      const systems = await allOf(paginateDescribeFileSystems({ client }, {}), (page) => page.FileSystems);
      return systems.map((system) => ({
        id: system.FileSystemArn ?? arnOf(caller, 'elasticfilesystem', `file-system/${system.FileSystemId}`),
        fileSystemId: system.FileSystemId ?? '',
        name: system.Name || null,
        ...taggedBy(system.Tags),
        encrypted: system.Encrypted ?? false,
        zone: system.AvailabilityZoneId ?? system.AvailabilityZoneName ?? null,
        mountTargets: system.NumberOfMountTargets ?? 0,
      }));
    },
  }),

  'efs:DescribeBackupPolicy': detailCall<FileSystem, string>({
    of: 'efs:DescribeFileSystems',
    permissions: [`${PERMISSION}:DescribeBackupPolicy`],
    async get(caller, { fileSystemId }) {
      const { client, DescribeBackupPolicyCommand } = await efs(caller);
      return unlessNotConfigured(NO_POLICY, async () => {
        const { BackupPolicy } = await client.send(
          new DescribeBackupPolicyCommand({ FileSystemId: fileSystemId }),
        );
        return BackupPolicy?.Status ?? 'DISABLED';
      });
    },
  }),

  'efs:DescribeFileSystemPolicy': detailCall<FileSystem, string>({
    of: 'efs:DescribeFileSystems',
    permissions: [`${PERMISSION}:DescribeFileSystemPolicy`],
    async get(caller, { fileSystemId }) {
      const { client, DescribeFileSystemPolicyCommand } = await efs(caller);
      return unlessNotConfigured(NO_POLICY, async () => {
        const { Policy = '' } = await client.send(
          new DescribeFileSystemPolicyCommand({ FileSystemId: fileSystemId }),
        );
        return Policy;
      });
    },
  }),

  'efs:DescribeMountTargets': detailCall<FileSystem, readonly MountTarget[]>({
    of: 'efs:DescribeFileSystems',
    permissions: [`${PERMISSION}:DescribeMountTargets`],
    async get(caller, { fileSystemId }) {
      const { client, paginateDescribeMountTargets } = await efs(caller);
      const pages = paginateDescribeMountTargets({ client }, { FileSystemId: fileSystemId });
      const targets = await allOf(pages, (page) => page.MountTargets);
      return targets.map(({ MountTargetId = '', SubnetId = '' }) => ({
        mountTargetId: MountTargetId,
        subnetId: SubnetId,
      }));
    },
  }),

  'efs:DescribeAccessPoints': listCall<AccessPoint>({
    where: 'region',
    permissions: [`${PERMISSION}:DescribeAccessPoints`],
    async list(caller) {
      const { client, paginateDescribeAccessPoints } = await efs(caller);
      const points = await allOf(paginateDescribeAccessPoints({ client }, {}), (page) => page.AccessPoints);
      return points.map((point) => ({
        id: point.AccessPointArn ?? arnOf(caller, 'elasticfilesystem', `access-point/${point.AccessPointId}`),
        name: point.Name || null,
        ...taggedBy(point.Tags),
        fileSystemId: point.FileSystemId ?? '',
        rootDirectory: point.RootDirectory?.Path ?? '/',
        setsUser: point.PosixUser !== undefined,
      }));
    },
  }),
};

const NO_POLICY = ['PolicyNotFound'];
