import { defineCheck, failIf, unknown } from '../../../catalogue.ts';

export const ec2AmiOutdated = defineCheck({
  id: 'ec2-ami-outdated',
  title: 'Instances run from images that are still supported',
  service: 'ec2',
  depth: 'deep',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::EC2::Image',
  failsWhen:
    'The image of a non-terminated instance has a DeprecationTime in the past, or no longer exists (images are asked for by id, in one call a region). Its owner does not matter; an image that cannot be described because it is foreign and private is unknown.',
  remediation: 'Rebuild from a supported image.',
  on: 'ec2:DescribeImages:used',
  judge({ state, deprecatedAt, instanceIds }, { now }) {
    if (state === 'hidden') return unknown('The image belongs to somebody else, and cannot be seen.');
    const isPast = deprecatedAt !== null && Date.parse(deprecatedAt) < now;
    return failIf(state === 'gone' || isPast, { state, deprecatedAt, instanceIds });
  },
});
