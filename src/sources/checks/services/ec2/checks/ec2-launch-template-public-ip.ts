import { defineCheck, failIf } from '../../../catalogue.ts';

export const ec2LaunchTemplatePublicIp = defineCheck({
  id: 'ec2-launch-template-public-ip',
  title: 'Launch templates assign no public address',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::LaunchTemplate',
  failsWhen:
    "The template's default or latest version sets AssociatePublicIpAddress true on an interface. False passes; absent leaves it to the subnet and passes.",
  remediation: 'Make a version without public address and set it as default.',
  command: 'aws ec2 modify-launch-template --launch-template-id TEMPLATE --default-version VERSION',
  on: 'ec2:DescribeLaunchTemplateVersions',
  judge({ versions }) {
    const open = versions.filter(({ assignsPublicAddress }) => assignsPublicAddress);
    return failIf(open.length > 0, { versions: open.map(({ number }) => number) });
  },
});
