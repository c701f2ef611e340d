import { defineCheck, failIf } from '../../../catalogue.ts';
import { isFromInternet, ruleText } from '../../ec2/ports.ts';
import { groupsById } from '../../ec2/reachability.ts';

export const dmsInstancePublic = defineCheck({
  id: 'dms-instance-public',
  title: 'Replication instances are private',
  service: 'dms',
  depth: 'standard',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::DMS::ReplicationInstance',
  failsWhen:
    'PubliclyAccessible is true and a group of the instance lets anything in from 0.0.0.0/0 or ::/0. Accessible but closed by its groups passes, and says so.',
  remediation: 'Make a private replication instance and move the tasks (it cannot be changed).',
  on: 'database-migration-service:DescribeReplicationInstances',
  needs: ['ec2:DescribeSecurityGroups'],
  judge({ publiclyAccessible, groupIds }, { list }) {
    const groups = groupsById(list('ec2:DescribeSecurityGroups'));
    const rules = groupIds.flatMap((id) =>
      (groups.get(id)?.ingress ?? []).filter(isFromInternet).map((rule) => `${id}: ${ruleText(rule)}`),
    );
    return failIf(publiclyAccessible && rules.length > 0, { publiclyAccessible, rules });
  },
});
