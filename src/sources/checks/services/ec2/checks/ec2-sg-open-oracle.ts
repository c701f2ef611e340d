import { defineCheck } from '../../../catalogue.ts';
import { judgeOpenPorts } from '../ports.ts';

export const ec2SgOpenOracle = defineCheck({
  id: 'ec2-sg-open-oracle',
  title: 'Oracle is not open to the internet',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen: 'TCP port 1521, 2483 or 2484 is open to 0.0.0.0/0 or ::/0.',
  remediation: "Allow the ports only from the application's group.",
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { ports: [1521, 2483, 2484] },
  on: 'ec2:DescribeSecurityGroups',
  judge: judgeOpenPorts,
});
