import { fail, pass } from '../../catalogue.ts';
import type { Outcome, View } from '../../catalogue.ts';
import { isGone } from './collect.ts';
import type { Instance } from './collect.ts';
import { isPublicSubnet, openRules } from './reachability.ts';
import type { Network } from './reachability.ts';

/** What is needed to tell whether the internet reaches something in a VPC. */
export const NETWORK_CALLS = [
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeRouteTables',
] as const;

export function networkOf(view: Pick<View<(typeof NETWORK_CALLS)[number]>, 'list'>): Network {
  return {
    groups: view.list('ec2:DescribeSecurityGroups'),
    subnets: view.list('ec2:DescribeSubnets'),
    routeTables: view.list('ec2:DescribeRouteTables'),
  };
}

/** Whether the internet reaches an instance at one of the ports. */
export function judgeExposure(
  instance: Instance,
  { parameters, ...view }: View<(typeof NETWORK_CALLS)[number], { ports: readonly number[] }>,
): Outcome | null {
  if (isGone(instance)) return null;
  const network = networkOf(view);
  const rules = openRules(instance.groupIds, parameters.ports, network);
  const { publicAddresses } = instance;
  const subnets = instance.subnetIds.filter((subnet) => isPublicSubnet(subnet, network));
  if (rules.length === 0) return pass();
  if (publicAddresses.length === 0 || subnets.length === 0) return pass({ rules, reachable: false });
  return fail({ rules, publicAddresses, publicSubnets: subnets });
}
