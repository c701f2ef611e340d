import { defineCheck, failIf } from '../../../catalogue.ts';
import { holdersOf } from '../policies.ts';

export const iamSecurityAuditRole = defineCheck({
  id: 'iam-security-audit-role',
  title: 'A role exists for security audits',
  service: 'iam',
  depth: 'deep',
  level: 'low',
  category: 'governance',
  resourceType: 'AWS::IAM::Role',
  failsWhen: 'SecurityAudit is attached to no role. One verdict per account.',
  remediation: 'Attach SecurityAudit to a role for auditors.',
  command: 'aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/SecurityAudit',
  on: 'iam:GetAccountSummary',
  needs: ['iam:GetAccountAuthorizationDetails'],
  judge(_, { list }) {
    const holders = holdersOf('SecurityAudit', list('iam:GetAccountAuthorizationDetails'));
    const roles = holders.filter(({ kind }) => kind === 'role').map(({ name }) => name);
    return failIf(roles.length === 0, { roles });
  },
});
