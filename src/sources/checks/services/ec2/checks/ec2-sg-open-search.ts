import { defineCheck } from '../../../catalogue.ts';
import { judgeOpenPorts } from '../ports.ts';

export const ec2SgOpenSearch = defineCheck({
  id: 'ec2-sg-open-search',
  title: 'Search engine ports are not open to the internet',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen: 'TCP port 9200, 9300 or 5601 is open to 0.0.0.0/0 or ::/0.',
  remediation: 'Allow the ports only from clients; put dashboards behind a login.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { ports: [9200, 9300, 5601] },
  on: 'ec2:DescribeSecurityGroups',
  judge: judgeOpenPorts,
});
