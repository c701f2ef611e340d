import { defineCheck, failIf } from '../../../catalogue.ts';
import { interfacesOf, rulesOpenToInternet, ruleText } from '../ports.ts';

export const ec2SgOpenSsh = defineCheck({
  id: 'ec2-sg-open-ssh',
  title: 'SSH is not open to the internet',
  service: 'ec2',
  depth: 'quick',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen:
    'An ingress rule lets TCP port 22 in from 0.0.0.0/0 or ::/0 (protocol -1, or tcp with a range that holds the port). Groups that open all ports fail too, with the wider check named; unattached groups are judged, in_use says so.',
  remediation: 'Remove the rule; use Session Manager or EC2 Instance Connect, or a fixed source range.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { ports: [22] },
  on: 'ec2:DescribeSecurityGroups',
  needs: ['ec2:DescribeNetworkInterfaces'],
  judge(group, { list, parameters }) {
    const rules = rulesOpenToInternet(group, parameters.ports).map(ruleText);
    const inUse = interfacesOf(group, list('ec2:DescribeNetworkInterfaces')).length > 0;
    return failIf(rules.length > 0, { rules, inUse });
  },
});
