import { defineCheck, failIf } from '../../../catalogue.ts';

export const guarddutyOn = defineCheck({
  id: 'guardduty-on',
  title: 'GuardDuty runs in each region',
  service: 'guardduty',
  depth: 'quick',
  level: 'high',
  category: 'detection',
  resourceType: 'AWS::GuardDuty::Detector',
  failsWhen: 'The region has no detector, or its Status is not ENABLED.',
  remediation: "Enable GuardDuty in every region, best through the organisation's administrator.",
  command: 'aws guardduty create-detector --enable --region REGION',
  on: 'region',
  needs: ['guardduty:ListDetectors', 'guardduty:GetDetector'],
  judge(_, { list, detailOf }) {
    const enabled = list('guardduty:ListDetectors')
      .map(({ id }) => id)
      .filter((id) => detailOf('guardduty:GetDetector', id)?.enabled === true);
    return failIf(enabled.length === 0, { detectors: enabled });
  },
});
