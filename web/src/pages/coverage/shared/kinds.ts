import type { DetectionList } from '../../../../../src/api/schemas/coverage.ts';

/** What a detection is, in the words of its vendor. */
export const KINDS: Readonly<Record<DetectionList['detections'][number]['kind'], string>> = {
  'eventbridge-rule': 'EventBridge rule',
  'log-alarm': 'Metric filter with alarm',
  alarm: 'CloudWatch alarm',
  'config-rule': 'Config rule',
  guardduty: 'GuardDuty',
  'securityhub-control': 'Security Hub control',
  cloudtrail: 'CloudTrail trail',
  'log-subscription': 'Log subscription',
  'access-analyzer': 'Access Analyzer',
  macie: 'Macie',
  inspector: 'Inspector',
  'gcp-log-alert': 'Google Cloud log alert',
  'gcp-scc': 'Security Command Center',
};
