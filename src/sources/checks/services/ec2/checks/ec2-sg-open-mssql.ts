import { defineCheck } from '../../../catalogue.ts';
import { judgeOpenPorts } from '../ports.ts';

export const ec2SgOpenMssql = defineCheck({
  id: 'ec2-sg-open-mssql',
  title: 'SQL Server is not open to the internet',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen: 'TCP port 1433 or 1434, or UDP 1434, is open to 0.0.0.0/0 or ::/0.',
  remediation: "Allow the ports only from the application's group.",
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { ports: [1433, 1434], udp_ports: [1434] },
  on: 'ec2:DescribeSecurityGroups',
  judge: judgeOpenPorts,
});
