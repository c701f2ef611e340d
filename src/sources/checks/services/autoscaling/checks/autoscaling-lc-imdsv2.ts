import { defineCheck, failIf } from '../../../catalogue.ts';

export const autoscalingLcImdsv2 = defineCheck({
  id: 'autoscaling-lc-imdsv2',
  title: 'Launch configurations ask for IMDSv2',
  service: 'autoscaling',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::AutoScaling::LaunchConfiguration',
  failsWhen:
    "A launch configuration's metadata endpoint is enabled (or unset) and HttpTokens is not required. Disabled passes.",
  remediation: 'Move the group to a launch template that requires tokens.',
  command:
    "aws autoscaling update-auto-scaling-group --auto-scaling-group-name GROUP --launch-template LaunchTemplateId=TEMPLATE,Version='$Latest'",
  on: 'auto-scaling:DescribeLaunchConfigurations',
  judge({ metadataEndpoint, metadataTokens }) {
    const isWeak = metadataEndpoint !== 'disabled' && metadataTokens !== 'required';
    return failIf(isWeak, { metadataEndpoint, metadataTokens });
  },
});
