import { defineCheck } from '../../../catalogue.ts';
import { judgeFeature } from '../feature.ts';

export const guarddutyLambda = defineCheck({
  id: 'guardduty-lambda',
  title: 'Lambda protection is on',
  service: 'guardduty',
  depth: 'standard',
  level: 'high',
  category: 'detection',
  resourceType: 'AWS::GuardDuty::Detector',
  failsWhen:
    "An enabled detector's LAMBDA_NETWORK_LOGS feature is not ENABLED. No enabled detector, no verdict.",
  remediation: 'Enable Lambda protection.',
  command:
    'aws guardduty update-detector --detector-id DETECTOR --features Name=LAMBDA_NETWORK_LOGS,Status=ENABLED',
  on: 'guardduty:ListDetectors',
  needs: ['guardduty:GetDetector'],
  judge: (_, { detail }) => judgeFeature(detail('guardduty:GetDetector'), ['LAMBDA_NETWORK_LOGS']),
});
