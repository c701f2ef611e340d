import { daysSince } from '../../../ages.ts';
import { defineCheck, failIf } from '../../../catalogue.ts';

export const cloudtrailCloudwatch = defineCheck({
  id: 'cloudtrail-cloudwatch',
  title: 'Trail feeds CloudWatch Logs',
  service: 'cloudtrail',
  depth: 'standard',
  level: 'low',
  category: 'logging',
  resourceType: 'AWS::CloudTrail::Trail',
  failsWhen:
    'A trail has no CloudWatch log group, or its LatestCloudWatchLogsDeliveryTime lies more than max_days back or is absent.',
  remediation: 'Send events to a log group.',
  command:
    'aws cloudtrail update-trail --name TRAIL --cloud-watch-logs-log-group-arn GROUP --cloud-watch-logs-role-arn ROLE',
  parameters: { max_days: 1 },
  on: 'cloudtrail:DescribeTrails',
  needs: ['cloudtrail:GetTrailStatus'],
  judge({ isHome, logGroupArn }, { detail, now, parameters }) {
    if (!isHome) return null;
    const last = detail('cloudtrail:GetTrailStatus')?.lastToLogGroup ?? null;
    const isLate = last === null || daysSince(last, now) > parameters.max_days;
    return failIf(logGroupArn === null || isLate, { logGroup: logGroupArn, lastDelivery: last });
  },
});
