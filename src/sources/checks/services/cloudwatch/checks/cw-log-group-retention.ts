import { defineCheck, failIf } from '../../../catalogue.ts';

export const cwLogGroupRetention = defineCheck({
  id: 'cw-log-group-retention',
  title: 'Log groups keep logs for a set time',
  service: 'cloudwatch',
  depth: 'standard',
  level: 'medium',
  category: 'retention',
  resourceType: 'AWS::Logs::LogGroup',
  failsWhen:
    'retentionInDays is set and below min_days. Never expiring groups (no retentionInDays) pass here and are named, for they cost and keep personal data.',
  remediation: 'Set a time that law and budget agree on.',
  command: 'aws logs put-retention-policy --log-group-name GROUP --retention-in-days 365',
  parameters: { min_days: 365 },
  on: 'cloudwatch-logs:DescribeLogGroups',
  judge({ retentionDays }, { parameters }) {
    return failIf(retentionDays !== null && retentionDays < parameters.min_days, {
      retentionDays,
      expires: retentionDays !== null,
    });
  },
});
