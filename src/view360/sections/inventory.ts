import {
  SSMClient,
  paginateDescribeInstanceInformation,
  paginateDescribeInstancePatches,
  ListInventoryEntriesCommand,
} from '@aws-sdk/client-ssm';
import { allOf } from '../../collect/call.ts';
import { collector } from './section.ts';
import type { Row, Scope, Section } from './section.ts';

const PER_INSTANCE = ['ssm:DescribeInstanceInformation'] as const;

/** Instances that Systems Manager manages, and what is installed on them. */
export const inventory: Section = {
  name: 'inventory',
  kind: 'snapshot',
  shape: 'object',
  parts: {
    instances: collector({
      calls: [...PER_INSTANCE],
      where: 'region',
      collect: async (scope) =>
        (await instances(scope)).map((one) => ({
          instance_id: one.InstanceId,
          platform: one.PlatformName,
          platform_type: one.PlatformType,
          platform_version: one.PlatformVersion,
          agent_version: one.AgentVersion,
          is_latest_version: one.IsLatestVersion,
          computer_name: one.ComputerName,
          instance_type: one.ResourceType,
          ip_address: one.IPAddress,
          ping_status: one.PingStatus,
          last_ping_date_time: one.LastPingDateTime,
          association_status: one.AssociationStatus,
          association_execution_date: one.LastAssociationExecutionDate,
          association_success_date: one.LastSuccessfulAssociationExecutionDate,
          ssm_managed: true,
          region: scope.region,
        })),
    }),
    applications: collector({
      calls: [...PER_INSTANCE, 'ssm:ListInventoryEntries'],
      where: 'region',
      collect: (scope) => ofEach(scope, applications),
    }),
    patches: collector({
      calls: [...PER_INSTANCE, 'ssm:DescribeInstancePatches'],
      where: 'region',
      collect: (scope) => ofEach(scope, patches),
    }),
  },
};

function instances(scope: Scope) {
  return scope.once(`instances of ${scope.region}`, () => {
    const client = scope.clients.of(SSMClient, scope.region);
    return allOf(paginateDescribeInstanceInformation({ client }, {}), (page) => page.InstanceInformationList);
  });
}

async function ofEach(
  scope: Scope,
  read: (scope: Scope, instanceId: string) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { InstanceId } of await instances(scope)) {
    if (InstanceId !== undefined) rows.push(...(await read(scope, InstanceId)));
  }
  return rows;
}

async function applications({ clients, region }: Scope, instanceId: string): Promise<Row[]> {
  const client = clients.of(SSMClient, region);
  const rows: Row[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListInventoryEntriesCommand({
        InstanceId: instanceId,
        TypeName: 'AWS:Application',
        ...(token === undefined ? {} : { NextToken: token }),
      }),
    );
    rows.push(
      ...(page.Entries ?? []).map((entry) => ({
        instance_id: instanceId,
        name: entry['Name'],
        version: entry['Version'] ?? '',
        publisher: entry['Publisher'],
        architecture: entry['Architecture'],
        application_type: entry['ApplicationType'],
        install_time: entry['InstalledTime'],
        region,
      })),
    );
    token = page.NextToken;
  } while (token !== undefined && token !== '');
  return rows;
}

async function patches({ clients, region }: Scope, instanceId: string): Promise<Row[]> {
  const client = clients.of(SSMClient, region);
  const found = await allOf(
    paginateDescribeInstancePatches({ client }, { InstanceId: instanceId }),
    (page) => page.Patches,
  );
  return found.map((one) => ({
    instance_id: instanceId,
    kb_id: one.KBId,
    title: one.Title,
    classification: one.Classification,
    severity: one.Severity,
    state: one.State,
    installed_time: one.InstalledTime,
    cve_ids: one.CVEIds,
    region,
  }));
}
