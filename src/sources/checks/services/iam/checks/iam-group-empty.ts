import { defineCheck, failIf } from '../../../catalogue.ts';
import { membersOf } from '../members.ts';

export const iamGroupEmpty = defineCheck({
  id: 'iam-group-empty',
  title: 'Every group has members',
  service: 'iam',
  depth: 'deep',
  level: 'low',
  category: 'governance',
  resourceType: 'AWS::IAM::Group',
  failsWhen: 'The group has no user.',
  remediation: 'Delete the group, or add its members.',
  command: 'aws iam delete-group --group-name GROUP',
  on: 'iam:GetAccountAuthorizationDetails',
  judge(group, { list }) {
    if (group.kind !== 'group') return null;
    return failIf(membersOf(group, list('iam:GetAccountAuthorizationDetails')).length === 0);
  },
});
