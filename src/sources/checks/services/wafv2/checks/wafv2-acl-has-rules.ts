import { defineCheck, failIf } from '../../../catalogue.ts';

export const wafv2AclHasRules = defineCheck({
  id: 'wafv2-acl-has-rules',
  title: 'Web ACL has rules',
  service: 'wafv2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::WAFv2::WebACL',
  failsWhen: 'The web ACL has no rule and no Firewall Manager rule group.',
  remediation: 'Add managed rule groups, first in count mode.',
  command: 'aws wafv2 update-web-acl --cli-input-json file://web-acl.json',
  on: 'wafv2:ListWebACLs',
  needs: ['wafv2:GetWebACL'],
  judge(_, { detail }) {
    return failIf(detail('wafv2:GetWebACL')?.rules === 0);
  },
});
