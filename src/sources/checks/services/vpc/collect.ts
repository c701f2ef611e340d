import { allOf, allPages, arnOf, detailCall, listCall } from '../../../../collect/call.ts';
import { taggedBy } from '../../tagged-by.ts';
import { distinct, ec2, nameIn } from '../ec2/collect.ts';
import type { RegionState } from '../ec2/collect.ts';

export interface Subnet {
  id: string;
  subnetId: string;
  name: string | null;
  vpcId: string;
  zone: string;
  givesPublicAddresses: boolean;
  givesIpv6Addresses: boolean;
}

export interface RouteTable {
  id: string;
  vpcId: string;
  isMain: boolean;
  subnetIds: readonly string[];
  /** Where it sends what goes to everywhere, IPv4 and IPv6. */
  defaultGateways: readonly string[];
  /** What it sends to other VPCs by a peering. */
  peerings: readonly { peeringId: string; range: string }[];
}

export interface Vpc {
  id: string;
  vpcId: string;
  name: string | null;
  isDefault: boolean;
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
  subnetIds: readonly string[];
  entries: readonly AclEntry[];
}

export interface VpcEndpoint {
  id: string;
  name: string | null;
  vpcId: string;
  /** `Interface`, `Gateway`, `GatewayLoadBalancer`. */
  type: string;
  serviceName: string;
  state: string;
  /** JSON; null where the service has no policies. */
  policy: string | null;
}

/** A service of the account's own, which others reach by endpoints of theirs. */
export interface EndpointService {
  id: string;
  serviceId: string;
  name: string;
}

export interface AllowedPrincipal {
  /** `All`, `Account`, `User`, `Role`, `OrganizationUnit`, `Service`. */
  type: string;
  principal: string;
}

export interface Peering {
  id: string;
  peeringId: string;
  name: string | null;
  status: string;
  /** Blocks of addresses of both VPCs. */
  ranges: readonly string[];
}

export interface VpnConnection {
  id: string;
  name: string | null;
  state: string;
  /** Status of each tunnel: `UP` or `DOWN`. */
  tunnels: readonly string[];
}

const EVERYWHERE = new Set(['0.0.0.0/0', '::/0']);

export const vpcCalls = {
  'ec2:DescribeSubnets': listCall<Subnet>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeSubnets } = await ec2(caller);
      const subnets = await allOf(paginateDescribeSubnets({ client }, {}), (page) => page.Subnets);
      return subnets.map(({ SubnetId = '', VpcId = '', ...subnet }) => ({
        id: arnOf(caller, 'ec2', `subnet/${SubnetId}`),
        subnetId: SubnetId,
        name: nameIn(subnet.Tags),
        ...taggedBy(subnet.Tags),
        vpcId: VpcId,
        zone: subnet.AvailabilityZone ?? '',
        givesPublicAddresses: subnet.MapPublicIpOnLaunch ?? false,
        givesIpv6Addresses: subnet.AssignIpv6AddressOnCreation ?? false,
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
        peerings: Routes.flatMap((route) => {
          const range = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock;
          const peeringId = route.VpcPeeringConnectionId;
          return range === undefined || peeringId === undefined ? [] : [{ peeringId, range }];
        }),
      }));
    },
  }),

  'ec2:DescribeVpcs': listCall<Vpc>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeVpcs } = await ec2(caller);
      const vpcs = await allOf(paginateDescribeVpcs({ client }, {}), (page) => page.Vpcs);
      return vpcs.map(({ VpcId = '', Tags, IsDefault }) => ({
        id: arnOf(caller, 'ec2', `vpc/${VpcId}`),
        vpcId: VpcId,
        name: nameIn(Tags),
        ...taggedBy(Tags),
        isDefault: IsDefault ?? false,
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
      return acls.map(({ NetworkAclId = '', ...acl }) => ({
        id: arnOf(caller, 'ec2', `network-acl/${NetworkAclId}`),
        aclId: NetworkAclId,
        name: nameIn(acl.Tags),
        ...taggedBy(acl.Tags),
        vpcId: acl.VpcId ?? '',
        isDefault: acl.IsDefault ?? false,
        subnetIds: distinct((acl.Associations ?? []).map(({ SubnetId }) => SubnetId)),
        entries: (acl.Entries ?? []).map((entry) => ({
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

  'ec2:DescribeVpcEndpoints': listCall<VpcEndpoint>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeVpcEndpoints } = await ec2(caller);
      const endpoints = await allOf(
        paginateDescribeVpcEndpoints({ client }, {}),
        (page) => page.VpcEndpoints,
      );
      return endpoints.map((endpoint) => ({
        id: arnOf(caller, 'ec2', `vpc-endpoint/${endpoint.VpcEndpointId}`),
        name: nameIn(endpoint.Tags),
        ...taggedBy(endpoint.Tags),
        vpcId: endpoint.VpcId ?? '',
        type: endpoint.VpcEndpointType ?? 'Interface',
        serviceName: endpoint.ServiceName ?? '',
        state: (endpoint.State ?? '').toLowerCase(),
        policy: endpoint.PolicyDocument ?? null,
      }));
    },
  }),

  'ec2:DescribeVpcEndpointServices': listCall<EndpointService>({
    where: 'region',
    async list(caller) {
      const { client, DescribeVpcEndpointServicesCommand } = await ec2(caller);
      const services = await allPages(async (NextToken) => {
        const page = await client.send(new DescribeVpcEndpointServicesCommand({ NextToken }));
        return { items: page.ServiceDetails, next: page.NextToken };
      });
      // AWS's own are among them, and those of others who let us in.
      return services
        .filter(({ Owner }) => Owner === caller.accountId)
        .map(({ ServiceId = '', ServiceName = '' }) => ({
          id: arnOf(caller, 'ec2', `vpc-endpoint-service/${ServiceId}`),
          serviceId: ServiceId,
          name: ServiceName,
        }));
    },
  }),

  'ec2:DescribeVpcEndpointServicePermissions': detailCall<EndpointService, readonly AllowedPrincipal[]>({
    of: 'ec2:DescribeVpcEndpointServices',
    async get(caller, { serviceId }) {
      const { client, paginateDescribeVpcEndpointServicePermissions } = await ec2(caller);
      const pages = paginateDescribeVpcEndpointServicePermissions({ client }, { ServiceId: serviceId });
      const allowed = await allOf(pages, (page) => page.AllowedPrincipals);
      return allowed.map(({ PrincipalType = '', Principal = '' }) => ({
        type: PrincipalType,
        principal: Principal,
      }));
    },
  }),

  'ec2:DescribeVpcPeeringConnections': listCall<Peering>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeVpcPeeringConnections } = await ec2(caller);
      const pages = paginateDescribeVpcPeeringConnections({ client }, {});
      const peerings = await allOf(pages, (page) => page.VpcPeeringConnections);
      return peerings.map(({ VpcPeeringConnectionId = '', ...peering }) => ({
        id: arnOf(caller, 'ec2', `vpc-peering-connection/${VpcPeeringConnectionId}`),
        peeringId: VpcPeeringConnectionId,
        name: nameIn(peering.Tags),
        ...taggedBy(peering.Tags),
        status: peering.Status?.Code ?? '',
        ranges: [peering.RequesterVpcInfo, peering.AccepterVpcInfo].flatMap((vpc) =>
          distinct([
            vpc?.CidrBlock,
            ...(vpc?.CidrBlockSet ?? []).map(({ CidrBlock }) => CidrBlock),
            ...(vpc?.Ipv6CidrBlockSet ?? []).map(({ Ipv6CidrBlock }) => Ipv6CidrBlock),
          ]),
        ),
      }));
    },
  }),

  'ec2:DescribeVpnConnections': listCall<VpnConnection>({
    where: 'region',
    async list(caller) {
      const { client, DescribeVpnConnectionsCommand } = await ec2(caller);
      // Their configuration has the keys of the tunnels in it, and stays out.
      const { VpnConnections = [] } = await client.send(new DescribeVpnConnectionsCommand({}));
      return VpnConnections.map((connection) => ({
        id: arnOf(caller, 'ec2', `vpn-connection/${connection.VpnConnectionId}`),
        name: nameIn(connection.Tags),
        ...taggedBy(connection.Tags),
        state: connection.State ?? '',
        tunnels: (connection.VgwTelemetry ?? []).map(({ Status }) => Status ?? ''),
      }));
    },
  }),

  'ec2:DescribeVpcBlockPublicAccessOptions': listCall<RegionState>({
    where: 'region',
    async list(caller) {
      const { client, DescribeVpcBlockPublicAccessOptionsCommand } = await ec2(caller);
      const answer = await client.send(new DescribeVpcBlockPublicAccessOptionsCommand({}));
      const state = answer.VpcBlockPublicAccessOptions?.InternetGatewayBlockMode ?? 'off';
      return [{ id: arnOf(caller, 'ec2', 'vpc-block-public-access-options'), state }];
    },
  }),
};
