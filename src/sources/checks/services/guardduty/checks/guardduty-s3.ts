import { defineCheck } from '../../../catalogue.ts';
import { judgeFeature } from '../feature.ts';

export const guarddutyS3 = defineCheck({
  id: 'guardduty-s3',
  title: 'S3 protection is on',
  service: 'guardduty',
  depth: 'standard',
  level: 'high',
  category: 'detection',
  resourceType: 'AWS::GuardDuty::Detector',
  failsWhen:
    "An enabled detector's S3_DATA_EVENTS feature is not ENABLED (DataSources.S3Logs decides only where Features has no such entry). No enabled detector, no verdict (guardduty-on fails).",
  remediation: 'Enable S3 protection.',
  command:
    'aws guardduty update-detector --detector-id DETECTOR --features Name=S3_DATA_EVENTS,Status=ENABLED',
  on: 'guardduty:ListDetectors',
  needs: ['guardduty:GetDetector'],
  judge: (_, { detail }) => judgeFeature(detail('guardduty:GetDetector'), ['S3_DATA_EVENTS']),
});
