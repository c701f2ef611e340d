import { defineCheck, failIf } from '../../../catalogue.ts';
import { publicStatements } from '../../../iam-policy/access.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';

export const sesIdentityPublic = defineCheck({
  id: 'ses-identity-public',
  title: 'Identity policies are not public',
  service: 'ses',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::SES::EmailIdentity',
  failsWhen: 'A sending-authorisation policy of the identity is public. No policy, no verdict.',
  remediation: "Name accounts in the identity's policy.",
  command: 'aws ses put-identity-policy --identity IDENTITY --policy-name POLICY --policy file://policy.json',
  on: 'ses:ListIdentities',
  needs: ['ses:GetIdentityPolicies'],
  judge(_, { detail }) {
    const policies = detail('ses:GetIdentityPolicies') ?? [];
    const open = policies.filter((policy) => publicStatements(parsePolicy(policy) ?? []).length > 0);
    return policies.length === 0
      ? null
      : failIf(open.length > 0, { policies: policies.length, open: open.length });
  },
});
