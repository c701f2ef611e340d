import { defineCheck } from '../../../catalogue.ts';
import { judgeOpenPorts } from '../ports.ts';

export const ec2SgOpenCassandra = defineCheck({
  id: 'ec2-sg-open-cassandra',
  title: 'Cassandra is not open to the internet',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen: 'TCP port 7199, 8888 or 9160 is open to 0.0.0.0/0 or ::/0.',
  remediation: 'Allow the ports only from nodes and clients.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { ports: [7199, 8888, 9160] },
  on: 'ec2:DescribeSecurityGroups',
  judge: judgeOpenPorts,
});
