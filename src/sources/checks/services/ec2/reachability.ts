import { perList } from '../../per-list.ts';
import type { RouteTable, Subnet } from '../vpc/collect.ts';
import type { SecurityGroup } from './collect.ts';
import { rulesOpenToInternet, ruleText } from './ports.ts';

export interface Network extends Routing {
  groups: readonly SecurityGroup[];
}

/** What tells whether a subnet is public. */
export interface Routing {
  subnets: readonly Subnet[];
  routeTables: readonly RouteTable[];
}

const vpcOf = perList(
  (subnets: readonly Subnet[]) => new Map(subnets.map(({ subnetId, vpcId }) => [subnetId, vpcId])),
);

const tables = perList((all: readonly RouteTable[]) => ({
  bySubnet: new Map(all.flatMap((table) => table.subnetIds.map((subnet) => [subnet, table] as const))),
  mainByVpc: new Map(all.filter(({ isMain }) => isMain).map((table) => [table.vpcId, table])),
}));

export const groupsById = perList(
  (groups: readonly SecurityGroup[]) => new Map(groups.map((group) => [group.groupId, group])),
);

/** Whether a subnet's own route table, else the main one of its VPC, leads to an internet gateway. */
export function isPublicSubnet(subnetId: string, { subnets, routeTables }: Routing): boolean {
  const { bySubnet, mainByVpc } = tables(routeTables);
  const table = bySubnet.get(subnetId) ?? mainByVpc.get(vpcOf(subnets).get(subnetId) ?? '');
  return table?.defaultGateways.some((gateway) => gateway.startsWith('igw-')) ?? false;
}

/** The rules of a thing's groups by which the internet is let in at one of the ports, for people. */
export function openRules(
  groupIds: readonly string[],
  ports: readonly number[],
  { groups }: Pick<Network, 'groups'>,
): string[] {
  return groupIds.flatMap((id) => {
    const group = groupsById(groups).get(id);
    if (group === undefined) return [];
    return rulesOpenToInternet(group, ports).map((rule) => `${id}: ${ruleText(rule)}`);
  });
}
