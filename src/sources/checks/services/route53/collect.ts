import type { ResourceRecordSet, RRType } from '@aws-sdk/client-route-53';
import { allOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface HostedZone {
  id: string;
  zoneId: string;
  name: string;
  isPrivate: boolean;
}

export interface QueryLogging {
  id: string;
  zoneId: string;
}

/** One that names addresses, or another name. */
export interface DnsRecord {
  name: string;
  type: 'A' | 'CNAME';
  /** Tells records of one name and type apart. */
  setId: string | null;
  values: readonly string[];
}

async function route53({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-route-53');
  return { ...sdk, client: clients.of(sdk.Route53Client, region) };
}

export const route53Calls = {
  'route-53:ListHostedZones': listCall<HostedZone>({
    where: 'global',
    permissions: ['route53:ListHostedZones'],
    async list(caller) {
      const { client, paginateListHostedZones } = await route53(caller);
      const zones = await allOf(paginateListHostedZones({ client }, {}), (page) => page.HostedZones);
      return zones.map(({ Id = '', Name = '', Config }) => {
        const zoneId = bareId(Id);
        return {
          id: `arn:${caller.partition}:route53:::hostedzone/${zoneId}`,
          zoneId,
          name: Name,
          isPrivate: Config?.PrivateZone ?? false,
        };
      });
    },
  }),

  'route-53:ListQueryLoggingConfigs': listCall<QueryLogging>({
    where: 'global',
    permissions: ['route53:ListQueryLoggingConfigs'],
    async list(caller) {
      const { client, paginateListQueryLoggingConfigs } = await route53(caller);
      const pages = paginateListQueryLoggingConfigs({ client }, {});
      const configs = await allOf(pages, (page) => page.QueryLoggingConfigs);
      return configs.map(({ Id = '', HostedZoneId = '' }) => ({
        id: `arn:${caller.partition}:route53:::queryloggingconfig/${Id}`,
        zoneId: bareId(HostedZoneId),
      }));
    },
  }),

  'route-53:ListResourceRecordSets': detailCall<HostedZone, readonly DnsRecord[]>({
    of: 'route-53:ListHostedZones',
    permissions: ['route53:ListResourceRecordSets'],
    wanted: ({ isPrivate }) => !isPrivate,
    async get(caller, { zoneId }) {
      return (await recordSetsOf(caller, zoneId)).flatMap((set) => {
        const { Name = '', Type, SetIdentifier = null, ResourceRecords = [] } = set;
        if ((Type !== 'A' && Type !== 'CNAME') || set.AliasTarget !== undefined) return [];
        const values = ResourceRecords.map(({ Value = '' }) => Value);
        return [{ name: Name, type: Type, setId: SetIdentifier, values }];
      });
    },
  }),
};

/** The one list of Route 53 that goes on by a name, a type and an identifier. */
async function recordSetsOf(caller: Caller, zoneId: string): Promise<ResourceRecordSet[]> {
  const { client, ListResourceRecordSetsCommand } = await route53(caller);
  const all: ResourceRecordSet[] = [];
  let next: { name: string | undefined; type: RRType | undefined; id: string | undefined } | null = {
    name: undefined,
    type: undefined,
    id: undefined,
  };
  while (next !== null) {
    const page: Awaited<ReturnType<typeof ask>> = await ask(next);
    all.push(...(page.ResourceRecordSets ?? []));
    next =
      page.IsTruncated === true
        ? { name: page.NextRecordName, type: page.NextRecordType, id: page.NextRecordIdentifier }
        : null;
  }
  return all;

  function ask({ name, type, id }: NonNullable<typeof next>) {
    return client.send(
      new ListResourceRecordSetsCommand({
        HostedZoneId: zoneId,
        StartRecordName: name,
        StartRecordType: type,
        StartRecordIdentifier: id,
        MaxItems: 300,
      }),
    );
  }
}

/** `/hostedzone/Z1` is `Z1`. */
function bareId(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
