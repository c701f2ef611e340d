import { defineCheck, failIf } from '../../../catalogue.ts';

export const cloudtrailMultiRegion = defineCheck({
  id: 'cloudtrail-multi-region',
  title: 'A multi-region trail logs management events',
  service: 'cloudtrail',
  depth: 'quick',
  level: 'high',
  category: 'logging',
  resourceType: 'AWS::CloudTrail::Trail',
  failsWhen:
    'No trail that logs (IsLogging) and covers the region (multi-region, or of the region) records all management events, reads and writes (classic selector ReadWriteType All with IncludeManagementEvents, or an advanced selector of category Management without readOnly). One verdict per asked region; organisation trails seen as shadows count.',
  remediation: 'Make one multi-region trail with all management events (best as an organisation trail).',
  command: 'aws cloudtrail update-trail --name TRAIL --is-multi-region-trail',
  on: 'region',
  needs: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'],
  judge(_, { list, detailOf }) {
    const recording = list('cloudtrail:DescribeTrails').filter(({ id }) => {
      const status = detailOf('cloudtrail:GetTrailStatus', id);
      const events = detailOf('cloudtrail:GetEventSelectors', id);
      return status?.logging === true && events?.allManagementEvents === true;
    });
    return failIf(recording.length === 0, { trails: recording.map(({ id }) => id) });
  },
});
