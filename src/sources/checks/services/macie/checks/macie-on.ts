import { defineCheck, failIf } from '../../../catalogue.ts';

export const macieOn = defineCheck({
  id: 'macie-on',
  title: 'Macie runs in each region',
  service: 'macie',
  depth: 'standard',
  level: 'medium',
  category: 'detection',
  resourceType: 'AWS::Macie::Session',
  failsWhen: 'Macie is not enabled, or PAUSED. Regions without buckets get no verdict.',
  remediation: 'Enable Macie.',
  command: 'aws macie2 enable-macie',
  on: 'macie2:GetMacieSession',
  needs: ['s3:ListBuckets'],
  judge({ status, region }, { list }) {
    const buckets = list('s3:ListBuckets').filter((bucket) => bucket.region === region).length;
    return buckets === 0 ? null : failIf(status !== 'ENABLED', { status, buckets });
  },
});
