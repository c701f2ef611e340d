import { defineCheck } from '../../../catalogue.ts';
import { judgeExposure, NETWORK_CALLS } from '../exposed-instance.ts';

export const ec2InstanceAdminPortExposed = defineCheck({
  id: 'ec2-instance-admin-port-exposed',
  title: 'No reachable instance exposes an administration port',
  service: 'ec2',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::EC2::Instance',
  failsWhen:
    'A group of the instance lets one of ports in from 0.0.0.0/0 or ::/0, and the instance can be reached: it has a public address and sits in a public subnet. Open group without reachability passes here (the group checks fail); terminated instances get no verdict.',
  remediation:
    'Close the port in the groups, or take the public address away; reach the instance by Session Manager.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { ports: [22, 23, 88, 135, 139, 389, 445, 464, 636, 749, 750, 3389, 5985, 5986] },
  on: 'ec2:DescribeInstances',
  needs: NETWORK_CALLS,
  judge: judgeExposure,
});
