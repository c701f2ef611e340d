import { defineCheck } from '../../../catalogue.ts';
import { judgeOpenPorts } from '../ports.ts';

export const ec2SgOpenFtp = defineCheck({
  id: 'ec2-sg-open-ftp',
  title: 'FTP is not open to the internet',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen: 'TCP port 20 or 21 is open to 0.0.0.0/0 or ::/0.',
  remediation: 'Remove the rule; use SFTP (AWS Transfer Family).',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { ports: [20, 21] },
  on: 'ec2:DescribeSecurityGroups',
  judge: judgeOpenPorts,
});
