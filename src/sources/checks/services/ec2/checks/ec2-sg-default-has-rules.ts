import { defineCheck, failIf } from '../../../catalogue.ts';

export const ec2SgDefaultHasRules = defineCheck({
  id: 'ec2-sg-default-has-rules',
  title: 'Default groups carry no rules',
  service: 'ec2',
  depth: 'quick',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen:
    "The group named default has any ingress or egress rule, also the one that admits itself. One verdict per VPC's default group, in use or not.",
  remediation:
    'Move what uses the default group to groups of its own, then delete its rules in both directions.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  on: 'ec2:DescribeSecurityGroups',
  judge({ name, vpcId, ingress, egress }) {
    if (name !== 'default') return null;
    return failIf(ingress.length + egress.length > 0, {
      vpcId,
      ingressRules: ingress.length,
      egressRules: egress.length,
    });
  },
});
