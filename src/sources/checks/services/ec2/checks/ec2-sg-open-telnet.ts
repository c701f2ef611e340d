import { defineCheck } from '../../../catalogue.ts';
import { judgeOpenPorts } from '../ports.ts';

export const ec2SgOpenTelnet = defineCheck({
  id: 'ec2-sg-open-telnet',
  title: 'Telnet is not open to the internet',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen: 'TCP port 23 is open to 0.0.0.0/0 or ::/0.',
  remediation: 'Remove the rule; use SSH or Session Manager.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { ports: [23] },
  on: 'ec2:DescribeSecurityGroups',
  judge: judgeOpenPorts,
});
