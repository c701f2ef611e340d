import { defineCheck } from '../../../catalogue.ts';
import { judgeOpenPorts } from '../ports.ts';

export const ec2SgOpenMemcached = defineCheck({
  id: 'ec2-sg-open-memcached',
  title: 'Memcached is not open to the internet',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen: 'TCP or UDP port 11211 is open to 0.0.0.0/0 or ::/0.',
  remediation: "Allow the port only from the application's group; UDP off.",
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { ports: [11211], udp_ports: [11211] },
  on: 'ec2:DescribeSecurityGroups',
  judge: judgeOpenPorts,
});
