import { defineCheck, failIf } from '../../../catalogue.ts';

export const cloudtrailS3ReadEvents = defineCheck({
  id: 'cloudtrail-s3-read-events',
  title: 'Object reads are logged',
  service: 'cloudtrail',
  depth: 'standard',
  level: 'low',
  category: 'logging',
  resourceType: 'AWS::CloudTrail::Trail',
  failsWhen:
    'No logging trail records read data events of all S3 objects: classic selector All or ReadOnly, or an advanced selector for AWS::S3::Object not limited to writes or to single buckets.',
  remediation: 'Record object reads.',
  command:
    'aws cloudtrail put-event-selectors --trail-name TRAIL --advanced-event-selectors file://selectors.json',
  on: 'account',
  needs: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'],
  judge(_, { list, detailOf }) {
    const trails = list('cloudtrail:DescribeTrails')
      .map(({ id }) => id)
      .filter((id) => {
        const status = detailOf('cloudtrail:GetTrailStatus', id);
        const events = detailOf('cloudtrail:GetEventSelectors', id);
        return status?.logging === true && events?.objectReads === true;
      });
    return failIf(trails.length === 0, { trails });
  },
});
