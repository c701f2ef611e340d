import { defineCheck, failIf } from '../../../catalogue.ts';

export const securityhubOn = defineCheck({
  id: 'securityhub-on',
  title: 'Security Hub runs in each region',
  service: 'securityhub',
  depth: 'standard',
  level: 'high',
  category: 'detection',
  resourceType: 'AWS::SecurityHub::Hub',
  failsWhen:
    'DescribeHub answers InvalidAccessException or ResourceNotFoundException: the account is not subscribed in the region. Enabled standards are named; a refused GetEnabledStandards does not make it unknown.',
  remediation: 'Enable Security Hub with its default standards.',
  command: 'aws securityhub enable-security-hub --enable-default-standards --region REGION',
  on: 'securityhub:DescribeHub',
  judge({ enabled, standards }) {
    return failIf(!enabled, { standards });
  },
});
