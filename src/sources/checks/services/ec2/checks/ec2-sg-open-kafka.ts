import { defineCheck } from '../../../catalogue.ts';
import { judgeOpenPorts } from '../ports.ts';

export const ec2SgOpenKafka = defineCheck({
  id: 'ec2-sg-open-kafka',
  title: 'Kafka is not open to the internet',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen: 'TCP port 9092 is open to 0.0.0.0/0 or ::/0.',
  remediation: 'Allow the port only from clients, with TLS listeners.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { ports: [9092] },
  on: 'ec2:DescribeSecurityGroups',
  judge: judgeOpenPorts,
});
