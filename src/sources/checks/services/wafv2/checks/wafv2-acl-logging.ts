import { defineCheck, failIf } from '../../../catalogue.ts';

export const wafv2AclLogging = defineCheck({
  id: 'wafv2-acl-logging',
  title: 'Web ACL is logged',
  service: 'wafv2',
  depth: 'standard',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::WAFv2::WebACL',
  failsWhen: 'GetLoggingConfiguration answers WAFNonexistentItemException.',
  remediation: 'Log the web ACL.',
  command: 'aws wafv2 put-logging-configuration --logging-configuration file://logging.json',
  on: 'wafv2:ListWebACLs',
  needs: ['wafv2:GetLoggingConfiguration'],
  judge(_, { detail }) {
    const destinations = detail('wafv2:GetLoggingConfiguration')?.destinations ?? null;
    return failIf(destinations === null, { destinations });
  },
});
