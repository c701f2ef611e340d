import type { ContainerDefinition, Service } from '@aws-sdk/client-ecs';
import { allOf, allPartsOf, detailCall, inGroups, listCall, readOnce } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';
import { secretsAmong } from '../../secrets.ts';
import type { FoundSecret } from '../../secrets.ts';

export interface EcsCluster {
  id: string;
  name: string;
  status: string;
  /** `enabled`, `enhanced` or `disabled`. */
  insights: string;
}

export interface EcsService {
  id: string;
  name: string;
  assignsPublicIp: boolean;
  isFargate: boolean;
  isWindows: boolean;
  platformVersion: string | null;
  execEnabled: boolean;
}

/** The newest revision of a family, or one that a service runs. */
export interface TaskDefinitionRevision {
  id: string;
  name: string;
}

export interface Container {
  name: string;
  privileged: boolean;
  /** Null where the image decides. */
  user: string | null;
  readonlyRoot: boolean;
  logDriver: string | null;
  secrets: readonly FoundSecret[];
}

export interface TaskDefinition {
  networkMode: string | null;
  pidMode: string | null;
  isWindows: boolean;
  containers: readonly Container[];
}

const CLUSTERS_AT_ONCE = 100;
const SERVICES_AT_ONCE = 10;

async function ecs({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-ecs');
  return { ...sdk, client: clients.of(sdk.ECSClient, region) };
}

const clusterArns = readOnce(async (caller): Promise<string[]> => {
  const { client, paginateListClusters } = await ecs(caller);
  return allOf(paginateListClusters({ client }, {}), (page) => page.clusterArns);
});

const services = readOnce(async (caller): Promise<Service[]> => {
  const { client, paginateListServices, DescribeServicesCommand } = await ecs(caller);
  return allPartsOf(await clusterArns(caller), async (cluster) => {
    const pages = paginateListServices({ client }, { cluster, maxResults: 100 });
    const arns = await allOf(pages, (page) => page.serviceArns);
    return allPartsOf(inGroups(arns, SERVICES_AT_ONCE), async (group) => {
      const answer = await client.send(new DescribeServicesCommand({ cluster, services: group }));
      return answer.services ?? [];
    });
  });
});

export const ecsCalls = {
  'ecs:DescribeClusters': listCall<EcsCluster>({
    where: 'region',
    sends: ['ecs:ListClusters', 'ecs:DescribeClusters'],
    permissions: ['ecs:ListClusters', 'ecs:DescribeClusters'],
    async list(caller) {
      const { client, DescribeClustersCommand } = await ecs(caller);
      const clusters = await allPartsOf(
        inGroups(await clusterArns(caller), CLUSTERS_AT_ONCE),
        async (group) => {
          const command = new DescribeClustersCommand({ clusters: group, include: ['SETTINGS'] });
          return (await client.send(command)).clusters ?? [];
        },
      );
      return clusters.map(({ clusterArn = '', clusterName = '', status = '', settings = [] }) => ({
        id: clusterArn,
        name: clusterName,
        status,
        insights: settings.find(({ name }) => name === 'containerInsights')?.value ?? 'disabled',
      }));
    },
  }),

  'ecs:DescribeServices': listCall<EcsService>({
    where: 'region',
    sends: ['ecs:ListClusters', 'ecs:ListServices', 'ecs:DescribeServices'],
    permissions: ['ecs:ListClusters', 'ecs:ListServices', 'ecs:DescribeServices'],
    async list(caller) {
      return (await services(caller)).map((service) => ({
        id: service.serviceArn ?? '',
        name: service.serviceName ?? '',
        assignsPublicIp: service.networkConfiguration?.awsvpcConfiguration?.assignPublicIp === 'ENABLED',
        isFargate:
          service.launchType === 'FARGATE' ||
          (service.capacityProviderStrategy ?? []).some(({ capacityProvider = '' }) =>
            capacityProvider.startsWith('FARGATE'),
          ),
        isWindows: isWindows(service.platformFamily),
        platformVersion: service.platformVersion ?? null,
        execEnabled: service.enableExecuteCommand ?? false,
      }));
    },
  }),

  'ecs:ListTaskDefinitions': listCall<TaskDefinitionRevision>({
    where: 'region',
    sends: ['ecs:ListTaskDefinitions', 'ecs:ListClusters', 'ecs:ListServices', 'ecs:DescribeServices'],
    permissions: ['ecs:ListTaskDefinitions', 'ecs:ListClusters', 'ecs:ListServices', 'ecs:DescribeServices'],
    async list(caller) {
      const { client, paginateListTaskDefinitions } = await ecs(caller);
      const pages = paginateListTaskDefinitions({ client }, { status: 'ACTIVE' });
      const active = await allOf(pages, (page) => page.taskDefinitionArns);
      const run = (await services(caller)).flatMap(({ taskDefinition, deployments = [] }) => [
        taskDefinition,
        ...deployments.map((deployment) => deployment.taskDefinition),
      ]);
      const arns = new Set([...newestRevisions(active), ...run.filter((arn) => arn !== undefined)]);
      return [...arns].map((arn) => ({ id: arn, name: arn.slice(arn.lastIndexOf('/') + 1) }));
    },
  }),

  'ecs:DescribeTaskDefinition': detailCall<TaskDefinitionRevision, TaskDefinition>({
    of: 'ecs:ListTaskDefinitions',
    async get(caller, { id }) {
      const { client, DescribeTaskDefinitionCommand } = await ecs(caller);
      const { taskDefinition: task } = await client.send(
        new DescribeTaskDefinitionCommand({ taskDefinition: id }),
      );
      return {
        networkMode: task?.networkMode ?? null,
        pidMode: task?.pidMode ?? null,
        isWindows: isWindows(task?.runtimePlatform?.operatingSystemFamily),
        containers: (task?.containerDefinitions ?? []).map(containerOf),
      };
    },
  }),
};

function containerOf(container: ContainerDefinition): Container {
  const variables = (container.environment ?? []).map(({ name = '', value }) => [name, value] as const);
  return {
    name: container.name ?? '',
    privileged: container.privileged ?? false,
    user: container.user || null,
    readonlyRoot: container.readonlyRootFilesystem ?? false,
    logDriver: container.logConfiguration?.logDriver ?? null,
    secrets: secretsAmong(Object.fromEntries(variables)),
  };
}

/** Of `…:task-definition/FAMILY:REVISION` the highest revision of each family. */
function newestRevisions(arns: readonly string[]): string[] {
  const newest = new Map<string, { arn: string; revision: number }>();
  for (const arn of arns) {
    const end = arn.lastIndexOf(':');
    const family = arn.slice(0, end);
    const revision = Number(arn.slice(end + 1));
    if (revision > (newest.get(family)?.revision ?? -1)) newest.set(family, { arn, revision });
  }
  return [...newest.values()].map(({ arn }) => arn);
}

function isWindows(family: string | undefined): boolean {
  return family?.toUpperCase().startsWith('WINDOWS') ?? false;
}
