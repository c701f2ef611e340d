import type { IpPermission, LaunchTemplateVersion as SdkTemplateVersion } from '@aws-sdk/client-ec2';
import type { AwsError } from '../../../../aws/failures.ts';
import { allOf, arnOf, detailCall, inGroups, listCall, readOnce } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';
import { inParallel } from '../../../../collect/in-parallel.ts';
import { taggedBy } from '../../tagged-by.ts';
import { userDataOf } from './user-data.ts';
import type { UserData } from './user-data.ts';

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
  vpcId: string | null;
  /** As AWS writes it: `interface`, `vpc_endpoint`. */
  type: string;
  /** Of what it is attached to: an account, or a service such as `amazon-elb`. */
  owner: string | null;
  /** IPv4 addresses, Elastic ones too. */
  publicAddresses: readonly string[];
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
  imageId: string | null;
  /** ARN of its instance profile. */
  profile: string | null;
  /** ISO 8601. */
  launchedAt: string | null;
  /** When it came to its state, where AWS says so; ISO 8601. */
  stateSince: string | null;
  monitoring: string;
  virtualization: string;
  /** Types of its network interfaces. */
  interfaceTypes: readonly string[];
}

export interface Image {
  id: string;
  name: string | null;
  isPublic: boolean;
}

/** An image that instances run from, whoever's it is. */
export interface UsedImage {
  id: string;
  name: string | null;
  /** `hidden` where it is somebody else's and private: then nothing of it is known. */
  state: 'there' | 'gone' | 'hidden';
  /** ISO 8601; null where it is not deprecated. */
  deprecatedAt: string | null;
  instanceIds: readonly string[];
}

export interface LaunchTemplateVersion {
  number: number;
  isDefault: boolean;
  assignsPublicAddress: boolean;
  metadataEndpoint: string;
  metadataTokens: string;
  userData: UserData | null;
}

/** The default and the latest version of a template, which may be one. */
export interface LaunchTemplate {
  id: string;
  name: string | null;
  versions: readonly LaunchTemplateVersion[];
}

/** A setting of a whole region. */
export interface RegionState {
  id: string;
  state: string;
}

export interface Address {
  id: string;
  /** The address itself. */
  name: string | null;
  inUse: boolean;
}

export interface TransitGateway {
  id: string;
  name: string | null;
  ownerId: string;
  state: string;
  acceptsByItself: boolean;
}

export interface ClientVpnEndpoint {
  id: string;
  name: string | null;
  status: string;
  logsConnections: boolean;
}

export interface EbsDefaults {
  id: string;
  encrypted: boolean;
}

export interface Volume {
  id: string;
  volumeId: string;
  name: string | null;
  encrypted: boolean;
  state: string;
}

export interface Snapshot {
  id: string;
  snapshotId: string;
  name: string | null;
  volumeId: string | null;
  encrypted: boolean;
  state: string;
  /** AWS lists it among those that everybody can restore. */
  maybePublic: boolean;
}

export async function ec2({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-ec2');
  return { ...sdk, client: clients.of(sdk.EC2Client, region) };
}

/** Also what the images of instances are asked by. */
const instancesOf = readOnce(async (caller): Promise<Instance[]> => {
  const { client, paginateDescribeInstances } = await ec2(caller);
  const reservations = await allOf(paginateDescribeInstances({ client }, {}), (page) => page.Reservations);
  return reservations
    .flatMap(({ Instances = [] }) => Instances)
    .map((instance) => {
      const interfaces = instance.NetworkInterfaces ?? [];
      return {
        id: arnOf(caller, 'ec2', `instance/${instance.InstanceId}`),
        instanceId: instance.InstanceId ?? '',
        name: nameIn(instance.Tags),
        ...taggedBy(instance.Tags),
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
        imageId: instance.ImageId ?? null,
        profile: instance.IamInstanceProfile?.Arn ?? null,
        launchedAt: instance.LaunchTime?.toISOString() ?? null,
        stateSince: timeIn(instance.StateTransitionReason ?? ''),
        monitoring: instance.Monitoring?.State ?? 'disabled',
        virtualization: instance.VirtualizationType ?? '',
        interfaceTypes: interfaces.map((one) => one.InterfaceType ?? 'interface'),
      };
    });
});

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
        ...taggedBy(group.Tags),
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
      return interfaces.map((one) => ({
        id: arnOf(caller, 'ec2', `network-interface/${one.NetworkInterfaceId}`),
        ...taggedBy(one.TagSet),
        groupIds: distinct((one.Groups ?? []).map(({ GroupId }) => GroupId)),
        vpcId: one.VpcId ?? null,
        type: one.InterfaceType ?? 'interface',
        owner: one.Attachment?.InstanceOwnerId ?? one.RequesterId ?? null,
        publicAddresses: distinct([
          one.Association?.PublicIp,
          ...(one.PrivateIpAddresses ?? []).map(({ Association }) => Association?.PublicIp),
        ]),
      }));
    },
  }),

  'ec2:DescribeInstances': listCall<Instance>({
    where: 'region',
    list: instancesOf,
  }),

  'ec2:DescribeImages': listCall<Image>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeImages } = await ec2(caller);
      const images = await allOf(
        paginateDescribeImages({ client }, { Owners: ['self'] }),
        (page) => page.Images,
      );
      return images.map(({ ImageId, Name, Tags, Public }) => ({
        id: arnOf(caller, 'ec2', `image/${ImageId}`),
        name: Name ?? null,
        ...taggedBy(Tags),
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
      return volumes.map(({ VolumeId = '', Tags, Encrypted, State = '' }) => ({
        id: arnOf(caller, 'ec2', `volume/${VolumeId}`),
        volumeId: VolumeId,
        name: nameIn(Tags),
        ...taggedBy(Tags),
        encrypted: Encrypted ?? false,
        state: State,
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
      return snapshots.map(({ SnapshotId = '', Tags, VolumeId, Encrypted, State = '' }) => ({
        id: arnOf(caller, 'ec2', `snapshot/${SnapshotId}`),
        snapshotId: SnapshotId,
        name: nameIn(Tags),
        ...taggedBy(Tags),
        volumeId: VolumeId ?? null,
        encrypted: Encrypted ?? false,
        state: State,
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

  'ec2:DescribeInstanceAttribute': detailCall<Instance, UserData>({
    of: 'ec2:DescribeInstances',
    wanted: (instance) => !isGone(instance),
    async get(caller, { instanceId }) {
      const { client, DescribeInstanceAttributeCommand } = await ec2(caller);
      const { UserData: encoded } = await client.send(
        new DescribeInstanceAttributeCommand({ InstanceId: instanceId, Attribute: 'userData' }),
      );
      return userDataOf(encoded?.Value);
    },
  }),

  /** Images by what runs from them; those of the account itself are listed by a call of their own. */
  'ec2:DescribeImages:used': listCall<UsedImage>({
    where: 'region',
    sends: ['ec2:DescribeImages', 'ec2:DescribeInstances'],
    permissions: ['ec2:DescribeImages', 'ec2:DescribeInstances'],
    async list(caller) {
      const users = new Map<string, string[]>();
      for (const { imageId, instanceId, state } of await instancesOf(caller)) {
        if (imageId === null || isGone({ state })) continue;
        const known = users.get(imageId) ?? [];
        users.set(imageId, known);
        known.push(instanceId);
      }
      const ids = [...users.keys()];
      const { client, paginateDescribeImages } = await ec2(caller);
      const found = new Map<string, { name: string | null; deprecatedAt: string | null }>();
      for (const group of inGroups(ids, FILTER_VALUES)) {
        // A filter leaves out what is not there; asked by its id, that would be an error for all.
        const Filters = [{ Name: 'image-id', Values: group }];
        const pages = paginateDescribeImages(
          { client },
          { Filters, IncludeDeprecated: true, IncludeDisabled: true },
        );
        for (const image of await allOf(pages, (page) => page.Images)) {
          found.set(image.ImageId ?? '', {
            name: image.Name ?? null,
            deprecatedAt: image.DeprecationTime ?? null,
          });
        }
      }
      return inParallel(ids, 4, async (imageId) => ({
        id: arnOf(caller, 'ec2', `image/${imageId}`),
        ...(found.get(imageId) ?? { name: null, deprecatedAt: null }),
        state: found.has(imageId) ? ('there' as const) : await absenceOf(caller, imageId),
        instanceIds: users.get(imageId) ?? [],
      }));
    },
  }),

  'ec2:GetInstanceMetadataDefaults': listCall<RegionState>({
    where: 'region',
    async list(caller) {
      const { client, GetInstanceMetadataDefaultsCommand } = await ec2(caller);
      const { AccountLevel } = await client.send(new GetInstanceMetadataDefaultsCommand({}));
      return [
        {
          id: arnOf(caller, 'ec2', 'instance-metadata-defaults'),
          state: AccountLevel?.HttpTokens ?? 'no-preference',
        },
      ];
    },
  }),

  'ec2:GetImageBlockPublicAccessState': listCall<RegionState>({
    where: 'region',
    async list(caller) {
      const { client, GetImageBlockPublicAccessStateCommand } = await ec2(caller);
      const answer = await client.send(new GetImageBlockPublicAccessStateCommand({}));
      const state = answer.ImageBlockPublicAccessState ?? 'unblocked';
      return [{ id: arnOf(caller, 'ec2', 'image-block-public-access'), state }];
    },
  }),

  'ec2:GetSnapshotBlockPublicAccessState': listCall<RegionState>({
    where: 'region',
    async list(caller) {
      const { client, GetSnapshotBlockPublicAccessStateCommand } = await ec2(caller);
      const { State } = await client.send(new GetSnapshotBlockPublicAccessStateCommand({}));
      return [{ id: arnOf(caller, 'ec2', 'snapshot-block-public-access'), state: State ?? 'unblocked' }];
    },
  }),

  'ec2:DescribeAddresses': listCall<Address>({
    where: 'region',
    async list(caller) {
      const { client, DescribeAddressesCommand } = await ec2(caller);
      const { Addresses = [] } = await client.send(new DescribeAddressesCommand({}));
      return Addresses.map((address) => ({
        id: arnOf(caller, 'ec2', `elastic-ip/${address.AllocationId ?? address.PublicIp}`),
        name: address.PublicIp ?? null,
        ...taggedBy(address.Tags),
        inUse: [address.AssociationId, address.InstanceId, address.NetworkInterfaceId].some(Boolean),
      }));
    },
  }),

  'ec2:DescribeLaunchTemplateVersions': listCall<LaunchTemplate>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeLaunchTemplateVersions } = await ec2(caller);
      const pages = paginateDescribeLaunchTemplateVersions({ client }, { Versions: ['$Default', '$Latest'] });
      const templates = new Map<string, LaunchTemplate & { versions: LaunchTemplateVersion[] }>();
      for (const found of await allOf(pages, (page) => page.LaunchTemplateVersions)) {
        const id = arnOf(caller, 'ec2', `launch-template/${found.LaunchTemplateId}`);
        const template = templates.get(id) ?? { id, name: found.LaunchTemplateName ?? null, versions: [] };
        templates.set(id, template);
        const version = versionOf(found);
        if (!template.versions.some(({ number }) => number === version.number))
          template.versions.push(version);
      }
      return [...templates.values()];
    },
  }),

  'ec2:DescribeTransitGateways': listCall<TransitGateway>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeTransitGateways } = await ec2(caller);
      const pages = paginateDescribeTransitGateways({ client }, {});
      const gateways = await allOf(pages, (page) => page.TransitGateways);
      return gateways.map((gateway) => ({
        id: gateway.TransitGatewayArn ?? arnOf(caller, 'ec2', `transit-gateway/${gateway.TransitGatewayId}`),
        name: nameIn(gateway.Tags),
        ...taggedBy(gateway.Tags),
        ownerId: gateway.OwnerId ?? caller.accountId,
        state: gateway.State ?? '',
        acceptsByItself: gateway.Options?.AutoAcceptSharedAttachments === 'enable',
      }));
    },
  }),

  'ec2:DescribeClientVpnEndpoints': listCall<ClientVpnEndpoint>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeClientVpnEndpoints } = await ec2(caller);
      const pages = paginateDescribeClientVpnEndpoints({ client }, {});
      const endpoints = await allOf(pages, (page) => page.ClientVpnEndpoints);
      return endpoints.map((endpoint) => ({
        id: arnOf(caller, 'ec2', `client-vpn-endpoint/${endpoint.ClientVpnEndpointId}`),
        name: nameIn(endpoint.Tags),
        ...taggedBy(endpoint.Tags),
        status: endpoint.Status?.Code ?? '',
        logsConnections: endpoint.ConnectionLogOptions?.Enabled ?? false,
      }));
    },
  }),
};

/** Values that one filter may have. */
const FILTER_VALUES = 200;

/** Terminated ones stay in lists for an hour. */
export function isGone({ state }: Pick<Instance, 'state'>): boolean {
  return state === 'terminated' || state === 'shutting-down';
}

/** `User initiated (2026-01-31 23:59:59 GMT)`. */
function timeIn(reason: string): string | null {
  const [, day, time] = /\((\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:GMT|UTC)\)/.exec(reason) ?? [];
  return day === undefined ? null : `${day}T${time}.000Z`;
}

/** Why an image is in no list: there is none, or it is not ours to see. */
async function absenceOf(caller: Caller, imageId: string): Promise<UsedImage['state']> {
  const { client, DescribeImagesCommand } = await ec2(caller);
  try {
    const { Images = [] } = await client.send(new DescribeImagesCommand({ ImageIds: [imageId] }));
    return Images.length > 0 ? 'hidden' : 'gone';
  } catch (error) {
    const { name } = error as AwsError;
    if (name === 'InvalidAMIID.NotFound' || name === 'InvalidAMIID.Unavailable') return 'gone';
    if (name === 'AuthFailure') return 'hidden';
    throw error;
  }
}

function versionOf({
  VersionNumber = 0,
  DefaultVersion = false,
  LaunchTemplateData: data = {},
}: SdkTemplateVersion): LaunchTemplateVersion {
  return {
    number: VersionNumber,
    isDefault: DefaultVersion,
    assignsPublicAddress: (data.NetworkInterfaces ?? []).some((one) => one.AssociatePublicIpAddress === true),
    metadataEndpoint: data.MetadataOptions?.HttpEndpoint ?? 'enabled',
    metadataTokens: data.MetadataOptions?.HttpTokens ?? 'optional',
    userData: userDataOf(data.UserData),
  };
}

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

export function nameIn(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
): string | null {
  return tags.find(({ Key }) => Key === 'Name')?.Value ?? null;
}

export function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values)].filter((value) => value !== undefined);
}
