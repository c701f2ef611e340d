import { defineCheck, failIf } from '../../../catalogue.ts';
import { NETWORK_CALLS, networkOf } from '../../ec2/exposed-instance.ts';
import { isPublicSubnet, openRules } from '../../ec2/reachability.ts';

export const rdsInstancePublic = defineCheck({
  id: 'rds-instance-public',
  title: 'Instance is not publicly accessible',
  service: 'rds',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen:
    "PubliclyAccessible is true, a group lets the instance's port in from 0.0.0.0/0 or ::/0, and a subnet of its group is public. Accessible but closed by groups or subnets passes, and says so. No endpoint yet (creating): no verdict.",
  remediation: 'Turn public access off and limit the group to the application.',
  command:
    'aws rds modify-db-instance --db-instance-identifier INSTANCE --no-publicly-accessible --apply-immediately',
  on: 'rds:DescribeDBInstances',
  needs: NETWORK_CALLS,
  judge({ publiclyAccessible, port, groupIds, subnetIds }, view) {
    if (port === null) return null;
    const network = networkOf(view);
    const rules = openRules(groupIds, [port], network);
    const publicSubnets = subnetIds.filter((subnet) => isPublicSubnet(subnet, network));
    const reachable = publiclyAccessible && rules.length > 0 && publicSubnets.length > 0;
    return failIf(reachable, { publiclyAccessible, port, rules, publicSubnets });
  },
});
