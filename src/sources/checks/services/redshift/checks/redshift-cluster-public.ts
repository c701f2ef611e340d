import { defineCheck, failIf } from '../../../catalogue.ts';
import { NETWORK_CALLS, networkOf } from '../../ec2/exposed-instance.ts';
import { isPublicSubnet, openRules } from '../../ec2/reachability.ts';

export const redshiftClusterPublic = defineCheck({
  id: 'redshift-cluster-public',
  title: 'Cluster is not publicly accessible',
  service: 'redshift',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::Redshift::Cluster',
  failsWhen:
    'PubliclyAccessible is true, the cluster has an endpoint, a group lets its port in from 0.0.0.0/0 or ::/0, and a subnet of its subnet group is public (asked for only when such a cluster exists). Accessible but closed passes, and says so.',
  remediation: 'Turn public access off and limit the group.',
  command: 'aws redshift modify-cluster --cluster-identifier CLUSTER --no-publicly-accessible',
  on: 'redshift:DescribeClusters',
  needs: ['redshift:DescribeClusterSubnetGroups', ...NETWORK_CALLS],
  judge({ publiclyAccessible, port, groupIds }, view) {
    const network = networkOf(view);
    const rules = port === null ? [] : openRules(groupIds, [port], network);
    const publicSubnets = (view.detail('redshift:DescribeClusterSubnetGroups') ?? []).filter((subnet) =>
      isPublicSubnet(subnet, network),
    );
    const reachable = publiclyAccessible && rules.length > 0 && publicSubnets.length > 0;
    return failIf(reachable, { publiclyAccessible, port, rules, publicSubnets });
  },
});
