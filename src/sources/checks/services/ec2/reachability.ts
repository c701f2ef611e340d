import type { RouteTable, SecurityGroup, Subnet } from './collect.ts';
import { rulesOpenToInternet, ruleText } from './ports.ts';

export interface Network {
  groups: readonly SecurityGroup[];
  subnets: readonly Subnet[];
  routeTables: readonly RouteTable[];
}

/** Whether a subnet's own route table, else the main one of its VPC, leads to an internet gateway. */
export function isPublicSubnet(subnetId: string, { subnets, routeTables }: Network): boolean {
  const own = routeTables.find((table) => table.subnetIds.includes(subnetId));
  const vpcId = subnets.find((subnet) => subnet.subnetId === subnetId)?.vpcId;
  const table = own ?? routeTables.find((one) => one.isMain && one.vpcId === vpcId);
  return table?.defaultGateways.some((gateway) => gateway.startsWith('igw-')) ?? false;
}

/** The rules of a thing's groups by which the internet is let in at one of the ports, for people. */
export function openRules(
  groupIds: readonly string[],
  ports: readonly number[],
  { groups }: Network,
): string[] {
  return groups
    .filter(({ groupId }) => groupIds.includes(groupId))
    .flatMap((group) =>
      rulesOpenToInternet(group, ports).map((rule) => `${group.groupId}: ${ruleText(rule)}`),
    );
}
