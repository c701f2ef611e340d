import { defineCheck } from '../../../catalogue.ts';

export const ec2AmiPublic = defineCheck({
  id: 'ec2-ami-public',
  title: 'Own images are private',
  service: 'ec2',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::EC2::Image',
  failsWhen: 'An image owned by the account has Public true.',
  remediation: 'Make the image private and block public sharing.',
  command: 'aws ec2 modify-image-attribute --image-id IMAGE --launch-permission "Remove=[{Group=all}]"',
  on: 'ec2:DescribeImages',
  failsIf: { path: 'isPublic', op: 'is', value: true },
});
