import { defineCheck, fail, pass, unknown } from '../../../catalogue.ts';

export const ec2LaunchTemplateSecrets = defineCheck({
  id: 'ec2-launch-template-secrets',
  title: 'Launch templates carry no secrets',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'secrets',
  resourceType: 'AWS::EC2::LaunchTemplate',
  failsWhen:
    "User data of the template's default or latest version contains a secret. Undecodable user data is unknown.",
  remediation: 'Rotate the secret, make a version without it, delete the old versions.',
  command: 'aws ec2 delete-launch-template-versions --launch-template-id TEMPLATE --versions VERSION',
  on: 'ec2:DescribeLaunchTemplateVersions',
  judge({ versions }) {
    const open = versions.flatMap(({ number, userData }) =>
      (userData?.secrets ?? []).map((secret) => ({ version: number, ...secret })),
    );
    if (open.length > 0) return fail({ secrets: open });
    const isUnreadable = versions.some(({ userData }) => userData?.isReadable === false);
    return isUnreadable ? unknown('User data of the template cannot be decoded.') : pass();
  },
});
