import { defineCheck, failIf, unknown } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import { isPublicSubnet } from '../../ec2/reachability.ts';
import type { CacheSubnetGroup } from '../collect.ts';

const groupsByName = grouped(({ name }: CacheSubnetGroup) => name);

export const elasticachePublicSubnet = defineCheck({
  id: 'elasticache-public-subnet',
  title: 'Cache sits in private subnets',
  service: 'elasticache',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::ElastiCache::CacheCluster',
  failsWhen:
    "A subnet of the cluster's subnet group is public. Clusters without subnet group get no verdict.",
  remediation: 'Move the cluster to private subnets.',
  on: 'elasticache:DescribeCacheClusters',
  needs: ['elasticache:DescribeCacheSubnetGroups', 'ec2:DescribeSubnets', 'ec2:DescribeRouteTables'],
  judge({ subnetGroup }, { list }) {
    if (subnetGroup === null) return null;
    const [group] = groupsByName(list('elasticache:DescribeCacheSubnetGroups'), subnetGroup);
    if (group === undefined) return unknown(`failed: the subnet group ${subnetGroup} is not listed`);
    const routing = { subnets: list('ec2:DescribeSubnets'), routeTables: list('ec2:DescribeRouteTables') };
    const publicSubnets = group.subnetIds.filter((subnet) => isPublicSubnet(subnet, routing));
    return failIf(publicSubnets.length > 0, { publicSubnets });
  },
});
