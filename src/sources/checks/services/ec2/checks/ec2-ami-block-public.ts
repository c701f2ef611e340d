import { defineCheck } from '../../../catalogue.ts';

export const ec2AmiBlockPublic = defineCheck({
  id: 'ec2-ami-block-public',
  title: 'Public sharing of images is blocked',
  service: 'ec2',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::EC2::ImageBlockPublicAccess',
  failsWhen: 'GetImageBlockPublicAccessState is not block-new-sharing.',
  remediation: 'Block public sharing of new images in the region.',
  command: 'aws ec2 enable-image-block-public-access --image-block-public-access-state block-new-sharing',
  on: 'ec2:GetImageBlockPublicAccessState',
  failsIf: { path: 'state', op: 'is-not', value: 'block-new-sharing' },
});
