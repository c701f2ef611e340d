import type { IpPermission } from '@aws-sdk/client-ec2';
import { allOf, arnOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

/** What a group lets in or out; ports are null where the protocol has none, or all are meant. */
export interface GroupRule {
  /** `-1` for any, else as AWS writes it: `tcp`, or a number. */
  protocol: string;
  fromPort: number | null;
  toPort: number | null;
  /** Ranges of addresses, IPv4 and IPv6. */
  ranges: readonly string[];
  /** Groups and prefix lists, by their ids. */
  groups: readonly string[];
}

export interface SecurityGroup {
  id: string;
  groupId: string;
  name: string;
  vpcId: string | null;
  ingress: readonly GroupRule[];
  egress: readonly GroupRule[];
}

export interface NetworkInterface {
  id: string;
  groupIds: readonly string[];
}

export interface Instance {
  id: string;
  instanceId: string;
  name: string | null;
  state: string;
  metadataEndpoint: string;
  metadataTokens: string;
  /** IPv4 addresses, Elastic ones too, of all interfaces. */
  publicAddresses: readonly string[];
  ipv6Addresses: readonly string[];
  groupIds: readonly string[];
  subnetIds: readonly string[];
  vpcId: string | null;
}

export interface Image {
  id: string;
  name: string | null;
  isPublic: boolean;
}

export interface EbsDefaults {
  id: string;
  encrypted: boolean;
}

export interface Volume {
  id: string;
  name: string | null;
  encrypted: boolean;
}

export interface Snapshot {
  id: string;
  snapshotId: string;
  name: string | null;
  /** AWS lists it among those that everybody can restore. */
  maybePublic: boolean;
}

export interface Subnet {
  id: string;
  subnetId: string;
  vpcId: string;
}

export interface RouteTable {
  id: string;
  vpcId: string;
  isMain: boolean;
  subnetIds: readonly string[];
  /** Where it sends what goes to everywhere, IPv4 and IPv6. */
  defaultGateways: readonly string[];
}

export interface Vpc {
  id: string;
  vpcId: string;
  name: string | null;
}

export interface FlowLog {
  id: string;
  resourceId: string;
  status: string;
  delivery: string;
}

export interface AclEntry {
  number: number;
  egress: boolean;
  allow: boolean;
  /** By number; `-1` for any. */
  protocol: string;
  range: string;
  fromPort: number | null;
  toPort: number | null;
}

export interface NetworkAcl {
  id: string;
  aclId: string;
  name: string | null;
  vpcId: string;
  isDefault: boolean;
  entries: readonly AclEntry[];
}

const EVERYWHERE = new Set(['0.0.0.0/0', '::/0']);

async function ec2({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-ec2');
  return { ...sdk, client: clients.of(sdk.EC2Client, region) };
}

export const ec2Calls = {
  'ec2:DescribeSecurityGroups': listCall<SecurityGroup>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeSecurityGroups } = await ec2(caller);
      const groups = await allOf(
        paginateDescribeSecurityGroups({ client }, {}),
        (page) => page.SecurityGroups,
      );
      return groups.map((group) => ({
        id: arnOf(caller, 'ec2', `security-group/${group.GroupId}`),
        groupId: group.GroupId ?? '',
        name: group.GroupName ?? '',
        vpcId: group.VpcId ?? null,
        ingress: (group.IpPermissions ?? []).map(ruleOf),
        egress: (group.IpPermissionsEgress ?? []).map(ruleOf),
      }));
    },
  }),

  'ec2:DescribeNetworkInterfaces': listCall<NetworkInterface>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeNetworkInterfaces } = await ec2(caller);
      const pages = paginateDescribeNetworkInterfaces({ client }, {});
      const interfaces = await allOf(pages, (page) => page.NetworkInterfaces);
      return interfaces.map(({ NetworkInterfaceId, Groups = [] }) => ({
        id: arnOf(caller, 'ec2', `network-interface/${NetworkInterfaceId}`),
        groupIds: Groups.map(({ GroupId = '' }) => GroupId),
      }));
    },
  }),

  'ec2:DescribeInstances': listCall<Instance>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeInstances } = await ec2(caller);
      const reservations = await allOf(
        paginateDescribeInstances({ client }, {}),
        (page) => page.Reservations,
      );
      return reservations
        .flatMap(({ Instances = [] }) => Instances)
        .map((instance) => {
          const interfaces = instance.NetworkInterfaces ?? [];
          return {
            id: arnOf(caller, 'ec2', `instance/${instance.InstanceId}`),
            instanceId: instance.InstanceId ?? '',
            name: nameIn(instance.Tags),
            state: instance.State?.Name ?? '',
            metadataEndpoint: instance.MetadataOptions?.HttpEndpoint ?? 'enabled',
            metadataTokens: instance.MetadataOptions?.HttpTokens ?? 'optional',
            publicAddresses: distinct([
              instance.PublicIpAddress,
              ...interfaces.flatMap((one) => [
                one.Association?.PublicIp,
                ...(one.PrivateIpAddresses ?? []).map((address) => address.Association?.PublicIp),
              ]),
            ]),
            ipv6Addresses: distinct(
              interfaces.flatMap((one) => (one.Ipv6Addresses ?? []).map((address) => address.Ipv6Address)),
            ),
            groupIds: distinct([
              ...(instance.SecurityGroups ?? []).map((group) => group.GroupId),
              ...interfaces.flatMap((one) => (one.Groups ?? []).map((group) => group.GroupId)),
            ]),
            subnetIds: distinct([instance.SubnetId, ...interfaces.map((one) => one.SubnetId)]),
            vpcId: instance.VpcId ?? null,
          };
        });
    },
  }),

  'ec2:DescribeImages': listCall<Image>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeImages } = await ec2(caller);
      const images = await allOf(
        paginateDescribeImages({ client }, { Owners: ['self'] }),
        (page) => page.Images,
      );
      return images.map(({ ImageId, Name, Public }) => ({
        id: arnOf(caller, 'ec2', `image/${ImageId}`),
        name: Name ?? null,
        isPublic: Public ?? false,
      }));
    },
  }),

  'ec2:GetEbsEncryptionByDefault': listCall<EbsDefaults>({
    where: 'region',
    async list(caller) {
      const { client, GetEbsEncryptionByDefaultCommand } = await ec2(caller);
      const { EbsEncryptionByDefault } = await client.send(new GetEbsEncryptionByDefaultCommand({}));
      return [
        { id: arnOf(caller, 'ec2', 'ebs-encryption-by-default'), encrypted: EbsEncryptionByDefault ?? false },
      ];
    },
  }),

  'ec2:DescribeVolumes': listCall<Volume>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeVolumes } = await ec2(caller);
      const volumes = await allOf(paginateDescribeVolumes({ client }, {}), (page) => page.Volumes);
      return volumes.map(({ VolumeId, Tags, Encrypted }) => ({
        id: arnOf(caller, 'ec2', `volume/${VolumeId}`),
        name: nameIn(Tags),
        encrypted: Encrypted ?? false,
      }));
    },
  }),

  'ec2:DescribeSnapshots': listCall<Snapshot>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeSnapshots } = await ec2(caller);
      const own = { OwnerIds: [caller.accountId] };
      const snapshots = await allOf(paginateDescribeSnapshots({ client }, own), (page) => page.Snapshots);
      // One call instead of one for each snapshot: few are shared.
      const shared = paginateDescribeSnapshots({ client }, { ...own, RestorableByUserIds: ['all'] });
      const sharedIds = new Set(
        (await allOf(shared, (page) => page.Snapshots)).map(({ SnapshotId }) => SnapshotId),
      );
      return snapshots.map(({ SnapshotId, Tags }) => ({
        id: arnOf(caller, 'ec2', `snapshot/${SnapshotId}`),
        snapshotId: SnapshotId ?? '',
        name: nameIn(Tags),
        maybePublic: sharedIds.has(SnapshotId),
      }));
    },
  }),

  'ec2:DescribeSnapshotAttribute': detailCall<Snapshot, { isPublic: boolean }>({
    of: 'ec2:DescribeSnapshots',
    wanted: ({ maybePublic }) => maybePublic,
    async get(caller, { snapshotId }) {
      const { client, DescribeSnapshotAttributeCommand } = await ec2(caller);
      const { CreateVolumePermissions = [] } = await client.send(
        new DescribeSnapshotAttributeCommand({
          SnapshotId: snapshotId,
          Attribute: 'createVolumePermission',
        }),
      );
      return { isPublic: CreateVolumePermissions.some(({ Group }) => Group === 'all') };
    },
  }),

  'ec2:DescribeSubnets': listCall<Subnet>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeSubnets } = await ec2(caller);
      const subnets = await allOf(paginateDescribeSubnets({ client }, {}), (page) => page.Subnets);
      return subnets.map(({ SubnetId = '', VpcId = '' }) => ({
        id: arnOf(caller, 'ec2', `subnet/${SubnetId}`),
        subnetId: SubnetId,
        vpcId: VpcId,
      }));
    },
  }),

  'ec2:DescribeRouteTables': listCall<RouteTable>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeRouteTables } = await ec2(caller);
      const tables = await allOf(paginateDescribeRouteTables({ client }, {}), (page) => page.RouteTables);
      return tables.map(({ RouteTableId, VpcId = '', Associations = [], Routes = [] }) => ({
        id: arnOf(caller, 'ec2', `route-table/${RouteTableId}`),
        vpcId: VpcId,
        isMain: Associations.some(({ Main }) => Main === true),
        subnetIds: distinct(Associations.map(({ SubnetId }) => SubnetId)),
        defaultGateways: distinct(
          Routes.filter(
            (route) =>
              route.State !== 'blackhole' &&
              EVERYWHERE.has(route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? ''),
          ).map(({ GatewayId }) => GatewayId),
        ),
      }));
    },
  }),

  'ec2:DescribeVpcs': listCall<Vpc>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeVpcs } = await ec2(caller);
      const vpcs = await allOf(paginateDescribeVpcs({ client }, {}), (page) => page.Vpcs);
      return vpcs.map(({ VpcId = '', Tags }) => ({
        id: arnOf(caller, 'ec2', `vpc/${VpcId}`),
        vpcId: VpcId,
        name: nameIn(Tags),
      }));
    },
  }),

  'ec2:DescribeFlowLogs': listCall<FlowLog>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeFlowLogs } = await ec2(caller);
      const logs = await allOf(paginateDescribeFlowLogs({ client }, {}), (page) => page.FlowLogs);
      return logs.map((log) => ({
        id: arnOf(caller, 'ec2', `vpc-flow-log/${log.FlowLogId}`),
        resourceId: log.ResourceId ?? '',
        status: log.FlowLogStatus ?? '',
        delivery: log.DeliverLogsStatus ?? '',
      }));
    },
  }),

  'ec2:DescribeNetworkAcls': listCall<NetworkAcl>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeNetworkAcls } = await ec2(caller);
      const acls = await allOf(paginateDescribeNetworkAcls({ client }, {}), (page) => page.NetworkAcls);
      return acls.map(({ NetworkAclId = '', VpcId = '', Tags, IsDefault, Entries = [] }) => ({
        id: arnOf(caller, 'ec2', `network-acl/${NetworkAclId}`),
        aclId: NetworkAclId,
        name: nameIn(Tags),
        vpcId: VpcId,
        isDefault: IsDefault ?? false,
        entries: Entries.map((entry) => ({
          number: entry.RuleNumber ?? 0,
          egress: entry.Egress ?? false,
          allow: entry.RuleAction === 'allow',
          protocol: entry.Protocol ?? '-1',
          range: entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '',
          fromPort: entry.PortRange?.From ?? null,
          toPort: entry.PortRange?.To ?? null,
        })),
      }));
    },
  }),
};

function ruleOf(permission: IpPermission): GroupRule {
  return {
    protocol: permission.IpProtocol ?? '-1',
    fromPort: permission.FromPort ?? null,
    toPort: permission.ToPort ?? null,
    ranges: distinct([
      ...(permission.IpRanges ?? []).map(({ CidrIp }) => CidrIp),
      ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
    ]),
    groups: distinct([
      ...(permission.UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId),
      ...(permission.PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
    ]),
  };
}

function nameIn(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
): string | null {
  return tags.find(({ Key }) => Key === 'Name')?.Value ?? null;
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values)].filter((value) => value !== undefined);
}
