import { defineCheck } from '../../../catalogue.ts';
import { judgeFeature } from '../feature.ts';

export const guarddutyEksAudit = defineCheck({
  id: 'guardduty-eks-audit',
  title: 'EKS audit log protection is on',
  service: 'guardduty',
  depth: 'standard',
  level: 'high',
  category: 'detection',
  resourceType: 'AWS::GuardDuty::Detector',
  failsWhen: "An enabled detector's EKS_AUDIT_LOGS feature is not ENABLED. No enabled detector, no verdict.",
  remediation: 'Enable EKS audit logs.',
  command:
    'aws guardduty update-detector --detector-id DETECTOR --features Name=EKS_AUDIT_LOGS,Status=ENABLED',
  on: 'guardduty:ListDetectors',
  needs: ['guardduty:GetDetector'],
  judge: (_, { detail }) => judgeFeature(detail('guardduty:GetDetector'), ['EKS_AUDIT_LOGS']),
});
