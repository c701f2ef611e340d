import { defineCheck } from '../../../catalogue.ts';

export const autoscalingLcPublicIp = defineCheck({
  id: 'autoscaling-lc-public-ip',
  title: 'Launch configurations assign no public address',
  service: 'autoscaling',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::AutoScaling::LaunchConfiguration',
  failsWhen:
    'A launch configuration sets AssociatePublicIpAddress true. Configurations that no group uses are judged too.',
  remediation:
    'Move the group to a launch template without public address (configurations cannot be changed).',
  command:
    "aws autoscaling update-auto-scaling-group --auto-scaling-group-name GROUP --launch-template LaunchTemplateId=TEMPLATE,Version='$Latest'",
  on: 'auto-scaling:DescribeLaunchConfigurations',
  failsIf: { path: 'givesPublicIp', op: 'is', value: true },
});
