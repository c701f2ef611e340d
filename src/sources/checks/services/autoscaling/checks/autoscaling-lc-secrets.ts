import { defineCheck, failIf, pass, unknown } from '../../../catalogue.ts';

export const autoscalingLcSecrets = defineCheck({
  id: 'autoscaling-lc-secrets',
  title: 'Launch configurations carry no secrets',
  service: 'autoscaling',
  depth: 'standard',
  level: 'critical',
  category: 'secrets',
  resourceType: 'AWS::AutoScaling::LaunchConfiguration',
  failsWhen: 'The user data of a launch configuration contains a secret. Undecodable: unknown.',
  remediation: 'Rotate the secret, move to a launch template without it, delete the configuration.',
  command: 'aws autoscaling delete-launch-configuration --launch-configuration-name NAME',
  on: 'auto-scaling:DescribeLaunchConfigurations',
  judge({ userData }) {
    if (userData === null) return pass();
    if (!userData.isReadable) return unknown('unsupported: the user data is no text');
    return failIf(userData.secrets.length > 0, { secrets: userData.secrets });
  },
});
