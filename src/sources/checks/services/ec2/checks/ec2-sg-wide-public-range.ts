import { ipv4Prefix, isOffTheInternet } from '../../../address-ranges.ts';
import { defineCheck, failIf } from '../../../catalogue.ts';

export const ec2SgWidePublicRange = defineCheck({
  id: 'ec2-sg-wide-public-range',
  title: 'No rule lets in a huge public range',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen:
    'A rule of either direction has a public IPv4 range with a prefix of 1 to max_prefix bits (larger than /24). 0.0.0.0/0 belongs to the other checks; ranges that lie wholly in private, shared or reserved space pass.',
  remediation: 'Narrow the range to the addresses that are known.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: { max_prefix: 23 },
  on: 'ec2:DescribeSecurityGroups',
  judge({ ingress, egress }, { parameters }) {
    const ranges = [...ingress, ...egress].flatMap((rule) => rule.ranges);
    const wide = ranges.filter((range) => {
      const prefix = ipv4Prefix(range);
      const isWide = prefix !== null && prefix > 0 && prefix <= parameters.max_prefix;
      return isWide && !isOffTheInternet(range);
    });
    return failIf(wide.length > 0, { ranges: [...new Set(wide)] });
  },
});
