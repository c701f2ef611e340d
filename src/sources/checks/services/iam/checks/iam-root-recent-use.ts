import { daysSince } from '../../../ages.ts';
import { defineCheck, failIf, pass, unknown } from '../../../catalogue.ts';
import { rootIn } from '../root.ts';

export const iamRootRecentUse = defineCheck({
  id: 'iam-root-recent-use',
  title: 'Root user has not signed in lately',
  service: 'iam',
  depth: 'quick',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::Root',
  failsWhen:
    'The latest of password_last_used, access_key_1_last_used and access_key_2_last_used of root lies at most max_days whole days back. No recorded use passes; no root row in the report is unknown.',
  remediation:
    'Find out who signed in (CloudTrail, userIdentity.type Root), give that work a role, and keep root for emergencies.',
  parameters: { max_days: 1 },
  on: 'iam:GetAccountSummary',
  needs: ['iam:GetCredentialReport'],
  judge(_, { list, now, parameters }) {
    const root = rootIn(list('iam:GetCredentialReport'));
    if (root === undefined) return unknown('failed: the credential report has no row for root');
    const uses = [root.passwordLastUsed, ...root.keys.map((key) => key.lastUsed)].filter(
      (time) => time !== null,
    );
    const lastUsed = uses.toSorted().at(-1);
    if (lastUsed === undefined) return pass({ lastUsed: null });
    return failIf(daysSince(lastUsed, now) <= parameters.max_days, { lastUsed });
  },
});
