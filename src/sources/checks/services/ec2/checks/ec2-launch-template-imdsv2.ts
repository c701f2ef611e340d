import { defineCheck, failIf } from '../../../catalogue.ts';

export const ec2LaunchTemplateImdsv2 = defineCheck({
  id: 'ec2-launch-template-imdsv2',
  title: 'Launch templates ask for IMDSv2',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::EC2::LaunchTemplate',
  failsWhen:
    'The default or the latest version has the endpoint enabled (or unset) without HttpTokens required. Endpoint disabled passes.',
  remediation: 'Make a version with HttpTokens required and set it as default.',
  command:
    'aws ec2 create-launch-template-version --launch-template-id TEMPLATE --source-version VERSION --launch-template-data \'{"MetadataOptions":{"HttpTokens":"required"}}\'',
  on: 'ec2:DescribeLaunchTemplateVersions',
  judge({ versions }) {
    const open = versions.filter(
      ({ metadataEndpoint, metadataTokens }) =>
        metadataEndpoint !== 'disabled' && metadataTokens !== 'required',
    );
    return failIf(open.length > 0, { versions: open.map(({ number }) => number) });
  },
});
