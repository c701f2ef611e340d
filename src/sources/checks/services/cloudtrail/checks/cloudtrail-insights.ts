import { defineCheck, failIf } from '../../../catalogue.ts';

export const cloudtrailInsights = defineCheck({
  id: 'cloudtrail-insights',
  title: 'Insights are on',
  service: 'cloudtrail',
  depth: 'deep',
  level: 'low',
  category: 'detection',
  resourceType: 'AWS::CloudTrail::Trail',
  failsWhen: 'A logging trail has no insight selector (InsightNotEnabledException included).',
  remediation: 'Turn insights on.',
  command:
    'aws cloudtrail put-insight-selectors --trail-name TRAIL --insight-selectors InsightType=ApiCallRateInsight InsightType=ApiErrorRateInsight',
  on: 'cloudtrail:DescribeTrails',
  needs: ['cloudtrail:GetTrailStatus', 'cloudtrail:GetInsightSelectors'],
  judge({ isHome }, { detail }) {
    if (!isHome || detail('cloudtrail:GetTrailStatus')?.logging !== true) return null;
    const insights = detail('cloudtrail:GetInsightSelectors') ?? [];
    return failIf(insights.length === 0, { insights });
  },
});
