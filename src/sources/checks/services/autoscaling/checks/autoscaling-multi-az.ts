import { defineCheck, failIf } from '../../../catalogue.ts';

export const autoscalingMultiAz = defineCheck({
  id: 'autoscaling-multi-az',
  title: 'Groups span zones',
  service: 'autoscaling',
  depth: 'deep',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::AutoScaling::AutoScalingGroup',
  failsWhen: 'The group has one availability zone only.',
  remediation: 'Add subnets in other zones.',
  command:
    'aws autoscaling update-auto-scaling-group --auto-scaling-group-name GROUP --vpc-zone-identifier SUBNET_A,SUBNET_B',
  on: 'auto-scaling:DescribeAutoScalingGroups',
  judge({ zones }) {
    return failIf(zones.length < 2, { zones });
  },
});
