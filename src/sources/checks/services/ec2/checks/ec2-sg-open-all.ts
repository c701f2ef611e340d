import { defineCheck, failIf } from '../../../catalogue.ts';
import { coversAllPorts, isFromInternet, ruleText } from '../ports.ts';

export const ec2SgOpenAll = defineCheck({
  id: 'ec2-sg-open-all',
  title: 'No group opens all ports to the internet',
  service: 'ec2',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen:
    'An ingress rule with protocol -1, or TCP from 0 to 65535, has 0.0.0.0/0 or ::/0 as source. One verdict per group, attached to an interface or not; the rules are named in the details.',
  remediation: 'Replace the rule by the ports and sources that are needed.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  on: 'ec2:DescribeSecurityGroups',
  judge({ ingress }) {
    const rules = ingress.filter((rule) => isFromInternet(rule) && coversAllPorts(rule)).map(ruleText);
    return failIf(rules.length > 0, { rules });
  },
});
