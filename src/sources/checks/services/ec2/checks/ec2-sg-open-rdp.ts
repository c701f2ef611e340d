import { defineCheck, failIf } from '../../../catalogue.ts';
import { interfacesOf, rulesOpenToInternet, ruleText } from '../ports.ts';

export const ec2SgOpenRdp = defineCheck({
  id: 'ec2-sg-open-rdp',
  title: 'RDP is not open to the internet',
  service: 'ec2',
  depth: 'quick',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen:
    'An ingress rule lets TCP (or UDP) port 3389 in from 0.0.0.0/0 or ::/0, single or within a range.',
  remediation: 'Remove the rule; use Fleet Manager or a VPN.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { ports: [3389] },
  on: 'ec2:DescribeSecurityGroups',
  needs: ['ec2:DescribeNetworkInterfaces'],
  judge(group, { list, parameters }) {
    const rules = rulesOpenToInternet(group, parameters.ports, ['tcp', 'udp']).map(ruleText);
    const inUse = interfacesOf(group, list('ec2:DescribeNetworkInterfaces')).length > 0;
    return failIf(rules.length > 0, { rules, inUse });
  },
});
