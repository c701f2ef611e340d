import { defineCheck, failIf } from '../../../catalogue.ts';
import { coversProtocol, isFromInternet, ruleText } from '../ports.ts';

export const ec2SgOpenIcmp = defineCheck({
  id: 'ec2-sg-open-icmp',
  title: 'ICMP is not open to the internet',
  service: 'ec2',
  depth: 'deep',
  level: 'low',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen: 'An ingress rule lets ICMP, ICMPv6 or protocol -1 in from 0.0.0.0/0 or ::/0.',
  remediation: 'Limit ICMP to known sources; keep the types that path MTU needs.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  on: 'ec2:DescribeSecurityGroups',
  judge({ ingress }) {
    const rules = ingress
      .filter((rule) => isFromInternet(rule) && coversProtocol(rule, ['icmp', 'icmpv6']))
      .map(ruleText);
    return failIf(rules.length > 0, { rules });
  },
});
