import { askedOnce } from '../../../../collect/asked-once.ts';
import { allOf, arnOf, detailCall, listCall, unlessNotConfigured } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface Repository {
  id: string;
  name: string;
  /** `MUTABLE`, `IMMUTABLE`, and both with exclusions. */
  tagMutability: string;
  scansOnPush: boolean;
  /** `AES256`, `KMS`, `KMS_DSSE`. */
  encryption: string;
}

/** What the registry of the account scans by itself. */
export interface RegistryScanning {
  id: string;
  /** Patterns of the names of repositories. */
  scanned: readonly string[];
}

/** The image that was pushed last. */
export interface NewestImage {
  digest: string;
  tags: readonly string[];
}

export interface ScanResult {
  /** As AWS writes it: `COMPLETE`, `FAILED`; null where it was never scanned. */
  status: string | null;
  /** Vulnerabilities by their severity. */
  counts: Readonly<Record<string, number>>;
}

async function ecr({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-ecr');
  return { ...sdk, client: clients.of(sdk.ECRClient, region) };
}

const newestImageOf = askedOnce(async (caller, repositoryName): Promise<NewestImage | null> => {
  const { client, paginateDescribeImages } = await ecr(caller);
  const pages = paginateDescribeImages({ client }, { repositoryName });
  const images = await allOf(pages, (page) => page.imageDetails);
  const pushed = images.toSorted(
    (one, other) => (other.imagePushedAt?.getTime() ?? 0) - (one.imagePushedAt?.getTime() ?? 0),
  )[0];
  return pushed === undefined
    ? null
    : { digest: pushed.imageDigest ?? '', tags: (pushed.imageTags ?? []).toSorted() };
});

export const ecrCalls = {
  'ecr:DescribeRepositories': listCall<Repository>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeRepositories } = await ecr(caller);
      const repositories = await allOf(
        paginateDescribeRepositories({ client }, {}),
        (page) => page.repositories,
      );
      return repositories.map((repository) => ({
        id: repository.repositoryArn ?? '',
        name: repository.repositoryName ?? '',
        tagMutability: repository.imageTagMutability ?? 'MUTABLE',
        scansOnPush: repository.imageScanningConfiguration?.scanOnPush ?? false,
        encryption: repository.encryptionConfiguration?.encryptionType ?? 'AES256',
      }));
    },
  }),

  'ecr:GetRegistryScanningConfiguration': listCall<RegistryScanning>({
    where: 'region',
    async list(caller) {
      const { client, GetRegistryScanningConfigurationCommand } = await ecr(caller);
      const { scanningConfiguration } = await client.send(new GetRegistryScanningConfigurationCommand({}));
      const scanned = (scanningConfiguration?.rules ?? [])
        .filter(({ scanFrequency }) => scanFrequency !== 'MANUAL')
        .flatMap(({ repositoryFilters }) => (repositoryFilters ?? []).map(({ filter = '' }) => filter));
      return [{ id: arnOf(caller, 'ecr', 'registry-scanning'), scanned }];
    },
  }),

  'ecr:GetRepositoryPolicy': detailCall<Repository, string>({
    of: 'ecr:DescribeRepositories',
    async get(caller, { name }) {
      const { client, GetRepositoryPolicyCommand } = await ecr(caller);
      return unlessNotConfigured(['RepositoryPolicyNotFoundException'], async () => {
        const { policyText = '' } = await client.send(
          new GetRepositoryPolicyCommand({ repositoryName: name }),
        );
        return policyText;
      });
    },
  }),

  'ecr:GetLifecyclePolicy': detailCall<Repository, { exists: true }>({
    of: 'ecr:DescribeRepositories',
    async get(caller, { name }) {
      const { client, GetLifecyclePolicyCommand } = await ecr(caller);
      return unlessNotConfigured(['LifecyclePolicyNotFoundException'], async () => {
        await client.send(new GetLifecyclePolicyCommand({ repositoryName: name }));
        return { exists: true as const };
      });
    },
  }),

  'ecr:DescribeImages': detailCall<Repository, NewestImage>({
    of: 'ecr:DescribeRepositories',
    get: (caller, { name }) => newestImageOf(caller, name),
  }),

  /** Of the image that was pushed last. */
  'ecr:DescribeImageScanFindings': detailCall<Repository, ScanResult>({
    of: 'ecr:DescribeRepositories',
    sends: ['ecr:DescribeImages', 'ecr:DescribeImageScanFindings'],
    permissions: ['ecr:DescribeImages', 'ecr:DescribeImageScanFindings'],
    async get(caller, { name }) {
      const image = await newestImageOf(caller, name);
      if (image === null) return null;
      const { client, DescribeImageScanFindingsCommand } = await ecr(caller);
      const answer = await unlessNotConfigured(['ScanNotFoundException'], () =>
        // The counts are on every page.
        client.send(
          new DescribeImageScanFindingsCommand({
            repositoryName: name,
            imageId: { imageDigest: image.digest },
            maxResults: 1,
          }),
        ),
      );
      if (answer === null) return { status: null, counts: {} };
      return {
        status: answer.imageScanStatus?.status ?? null,
        counts: answer.imageScanFindings?.findingSeverityCounts ?? {},
      };
    },
  }),
};
