import { defineCheck } from '../../../catalogue.ts';
import { judgeExposure, NETWORK_CALLS } from '../exposed-instance.ts';

export const ec2InstanceDataPortExposed = defineCheck({
  id: 'ec2-instance-data-port-exposed',
  title: 'No reachable instance exposes a data-store port',
  service: 'ec2',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::EC2::Instance',
  failsWhen:
    'A group of the instance lets one of ports in from 0.0.0.0/0 or ::/0, and the instance has a public address in a public subnet. Terminated instances get no verdict.',
  remediation: 'Close the port in the groups and move the data store to a private subnet.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: {
    ports: [
      20, 21, 1433, 1434, 1521, 2483, 2484, 3306, 5432, 5601, 6379, 7000, 7001, 7199, 9042, 9092, 9160, 9200,
      9300, 11211, 27017, 27018,
    ],
  },
  on: 'ec2:DescribeInstances',
  needs: NETWORK_CALLS,
  judge: judgeExposure,
});
