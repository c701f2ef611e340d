import { defineCheck, failIf } from '../../../catalogue.ts';

export const ec2SgTooManyRules = defineCheck({
  id: 'ec2-sg-too-many-rules',
  title: 'Groups have at most 50 rules each way',
  service: 'ec2',
  depth: 'deep',
  level: 'medium',
  category: 'governance',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen:
    'The ingress rules or the egress rules number more than max_rules. A rule is counted once per permission entry (protocol and port range), whatever the number of its sources.',
  remediation: 'Merge rules by prefix lists or referenced groups.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { max_rules: 50 },
  on: 'ec2:DescribeSecurityGroups',
  judge({ ingress, egress }, { parameters }) {
    const counts = { ingressRules: ingress.length, egressRules: egress.length };
    return failIf(Math.max(ingress.length, egress.length) > parameters.max_rules, counts);
  },
});
