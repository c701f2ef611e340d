import { defineCheck, failIf, pass } from '../../../catalogue.ts';

export const orgDelegatedAdmins = defineCheck({
  id: 'org-delegated-admins',
  title: 'Delegated administrators are on the trusted list',
  service: 'account',
  depth: 'deep',
  level: 'high',
  category: 'governance',
  resourceType: 'AWS::Organizations::Account',
  failsWhen:
    'A delegated administrator is not in trusted_admins. No delegated administrator passes; not the management account: unknown.',
  remediation: 'Withdraw the delegation, or put the account on the trusted list.',
  command:
    'aws organizations deregister-delegated-administrator --account-id ACCOUNT --service-principal SERVICE',
  parameters: { trusted_admins: [] as readonly string[] },
  on: ['organizations:ListDelegatedAdministrators', 'organizations:DescribeOrganization'],
  judge(subject, { list, parameters }) {
    if ('accountId' in subject) {
      return failIf(!parameters.trusted_admins.includes(subject.accountId), { account: subject.accountId });
    }
    const isAlone = subject.exists && list('organizations:ListDelegatedAdministrators').length === 0;
    return isAlone ? pass({ administrators: 0 }) : null;
  },
});
