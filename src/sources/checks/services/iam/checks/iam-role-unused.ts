import { daysSince } from '../../../ages.ts';
import { defineCheck, failIf, unknown } from '../../../catalogue.ts';
import { isServiceLinked } from '../trust.ts';

export const iamRoleUnused = defineCheck({
  id: 'iam-role-unused',
  title: 'Roles unused for 90 days are removed',
  service: 'iam',
  depth: 'deep',
  level: 'low',
  category: 'access',
  resourceType: 'AWS::IAM::Role',
  failsWhen:
    'RoleLastUsed lies more than max_days back, or is empty and the role is older than max_days. Service-linked roles get no verdict.',
  remediation: 'Delete the role after a time with a denying boundary.',
  command:
    'aws iam put-role-permissions-boundary --role-name ROLE --permissions-boundary arn:aws:iam::aws:policy/AWSDenyAll',
  parameters: { max_days: 90 },
  on: 'iam:GetAccountAuthorizationDetails',
  judge(role, { now, parameters }) {
    if (role.kind !== 'role' || isServiceLinked(role)) return null;
    const since = role.lastUsed ?? role.createdAt;
    if (since === null) return unknown('failed: IAM does not say when the role was made');
    return failIf(daysSince(since, now) > parameters.max_days, { lastUsed: role.lastUsed });
  },
});
