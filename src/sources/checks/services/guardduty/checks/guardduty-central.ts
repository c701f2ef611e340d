import { defineCheck, failIf } from '../../../catalogue.ts';

export const guarddutyCentral = defineCheck({
  id: 'guardduty-central',
  title: 'GuardDuty is managed centrally',
  service: 'guardduty',
  depth: 'deep',
  level: 'medium',
  category: 'governance',
  resourceType: 'AWS::GuardDuty::Detector',
  failsWhen: 'The detector has no administrator account with relationship Enabled and no members of its own.',
  remediation: 'Delegate an administrator of the organisation.',
  command: 'aws guardduty enable-organization-admin-account --admin-account-id ACCOUNT',
  on: 'guardduty:ListDetectors',
  needs: ['guardduty:GetAdministratorAccount', 'guardduty:ListMembers'],
  judge(_, { detail }) {
    const relationship = detail('guardduty:GetAdministratorAccount')?.relationship ?? null;
    const hasMembers = detail('guardduty:ListMembers')?.hasMembers === true;
    return failIf(relationship !== 'Enabled' && !hasMembers, { administrator: relationship, hasMembers });
  },
});
