import { defineCheck } from '../../../catalogue.ts';
import { judgeFeature } from '../feature.ts';

export const guarddutyRuntime = defineCheck({
  id: 'guardduty-runtime',
  title: 'Runtime monitoring is on',
  service: 'guardduty',
  depth: 'standard',
  level: 'medium',
  category: 'detection',
  resourceType: 'AWS::GuardDuty::Detector',
  failsWhen:
    'An enabled detector has neither RUNTIME_MONITORING nor EKS_RUNTIME_MONITORING ENABLED. No enabled detector, no verdict.',
  remediation: 'Enable runtime monitoring.',
  command:
    'aws guardduty update-detector --detector-id DETECTOR --features Name=RUNTIME_MONITORING,Status=ENABLED',
  on: 'guardduty:ListDetectors',
  needs: ['guardduty:GetDetector'],
  judge: (_, { detail }) =>
    judgeFeature(detail('guardduty:GetDetector'), ['RUNTIME_MONITORING', 'EKS_RUNTIME_MONITORING']),
});
