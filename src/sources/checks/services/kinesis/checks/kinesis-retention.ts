import { defineCheck, failIf } from '../../../catalogue.ts';

export const kinesisRetention = defineCheck({
  id: 'kinesis-retention',
  title: 'Stream retention is set',
  service: 'kinesis',
  depth: 'deep',
  level: 'low',
  category: 'retention',
  resourceType: 'AWS::Kinesis::Stream',
  failsWhen: 'RetentionPeriodHours is below min_hours.',
  remediation: 'Keep a week.',
  command: 'aws kinesis increase-stream-retention-period --stream-name STREAM --retention-period-hours 168',
  parameters: { min_hours: 168 },
  on: 'kinesis:ListStreams',
  needs: ['kinesis:DescribeStreamSummary'],
  judge(_, { detail, parameters }) {
    const retentionHours = detail('kinesis:DescribeStreamSummary')?.retentionHours ?? 0;
    return failIf(retentionHours < parameters.min_hours, { retentionHours });
  },
});
