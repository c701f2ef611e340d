import { defineCheck } from '../../../catalogue.ts';
import { judgeOpenPorts } from '../ports.ts';

export const ec2SgOpenRedis = defineCheck({
  id: 'ec2-sg-open-redis',
  title: 'Redis is not open to the internet',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen: 'TCP port 6379 is open to 0.0.0.0/0 or ::/0.',
  remediation: "Allow the port only from the application's group, and turn on AUTH and TLS.",
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { ports: [6379] },
  on: 'ec2:DescribeSecurityGroups',
  judge: judgeOpenPorts,
});
