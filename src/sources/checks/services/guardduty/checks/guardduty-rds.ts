import { defineCheck } from '../../../catalogue.ts';
import { judgeFeature } from '../feature.ts';

export const guarddutyRds = defineCheck({
  id: 'guardduty-rds',
  title: 'RDS protection is on',
  service: 'guardduty',
  depth: 'standard',
  level: 'high',
  category: 'detection',
  resourceType: 'AWS::GuardDuty::Detector',
  failsWhen:
    "An enabled detector's RDS_LOGIN_EVENTS feature is not ENABLED. No enabled detector, no verdict.",
  remediation: 'Enable RDS protection.',
  command:
    'aws guardduty update-detector --detector-id DETECTOR --features Name=RDS_LOGIN_EVENTS,Status=ENABLED',
  on: 'guardduty:ListDetectors',
  needs: ['guardduty:GetDetector'],
  judge: (_, { detail }) => judgeFeature(detail('guardduty:GetDetector'), ['RDS_LOGIN_EVENTS']),
});
