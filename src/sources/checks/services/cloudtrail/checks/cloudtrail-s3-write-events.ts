import { defineCheck, failIf } from '../../../catalogue.ts';

export const cloudtrailS3WriteEvents = defineCheck({
  id: 'cloudtrail-s3-write-events',
  title: 'Object writes are logged',
  service: 'cloudtrail',
  depth: 'standard',
  level: 'low',
  category: 'logging',
  resourceType: 'AWS::CloudTrail::Trail',
  failsWhen:
    'No logging trail records write data events of all S3 objects: classic selector All or WriteOnly with AWS::S3::Object on arn:aws:s3 (or arn:aws:s3:::), or an advanced selector for AWS::S3::Object not limited to reads or to single buckets. Accounts without buckets are judged too.',
  remediation: 'Record object writes.',
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
        return status?.logging === true && events?.objectWrites === true;
      });
    return failIf(trails.length === 0, { trails });
  },
});
