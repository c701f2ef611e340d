import { defineCheck, failIf } from '../../../catalogue.ts';
import { rulesOpenToInternet, ruleText } from '../ports.ts';

export const ec2SgOpenHighRiskPorts = defineCheck({
  id: 'ec2-sg-open-high-risk-ports',
  title: 'High-risk ports are not open to the internet',
  service: 'ec2',
  depth: 'quick',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen:
    'An ingress rule lets one of ports in on TCP from 0.0.0.0/0 or ::/0. The default list holds ports that no other check has; set it to the longer list of Security Hub EC2.19 where that control is to be answered by one check.',
  remediation: 'Remove the rule or limit its source.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { ports: [25, 110, 135, 143, 445, 3000, 4333, 5000, 5500, 8080, 8088] },
  on: 'ec2:DescribeSecurityGroups',
  judge(group, { parameters }) {
    const rules = rulesOpenToInternet(group, parameters.ports).map(ruleText);
    return failIf(rules.length > 0, { rules });
  },
});
