import { defineCheck, failIf } from '../../../catalogue.ts';
import { entryOpenToEverything } from '../../ec2/ports.ts';

export const vpcNaclOpenAny = defineCheck({
  id: 'vpc-nacl-open-any',
  title: 'Network ACLs do not let in everything',
  service: 'vpc',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::EC2::NetworkAcl',
  failsWhen:
    'Reading the ingress rules in order of number, for IPv4 and IPv6 each, an allow of protocol -1 from 0.0.0.0/0 or ::/0 comes before a deny of the same. Ports in a TCP rule belong to the other checks. Default ACLs are judged.',
  remediation: 'Replace the entry by the ports that are needed, or rely on groups and suppress.',
  command:
    'aws ec2 replace-network-acl-entry --network-acl-id ACL --rule-number NUMBER --protocol 6 --rule-action allow --port-range From=443,To=443 --cidr-block 0.0.0.0/0 --ingress',
  on: 'ec2:DescribeNetworkAcls',
  judge(acl) {
    const entry = entryOpenToEverything(acl);
    return failIf(entry !== null, { rule: entry?.number, from: entry?.range, vpcId: acl.vpcId });
  },
});
