import { defineCheck, failIf } from '../../../catalogue.ts';
import { isGone } from '../collect.ts';

export const ec2InstanceParavirtual = defineCheck({
  id: 'ec2-instance-paravirtual',
  title: 'No paravirtual instances',
  service: 'ec2',
  depth: 'deep',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::EC2::Instance',
  failsWhen: 'VirtualizationType is paravirtual. Terminated instances get no verdict.',
  remediation: 'Move to a current type and an HVM image.',
  on: 'ec2:DescribeInstances',
  judge(instance) {
    const { virtualization } = instance;
    return isGone(instance) ? null : failIf(virtualization === 'paravirtual', { virtualization });
  },
});
