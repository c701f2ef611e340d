import { defineCheck, failIf } from '../../../catalogue.ts';

export const s3WebsiteHosting = defineCheck({
  id: 's3-website-hosting',
  title: 'Bucket does not serve a plain-HTTP website',
  service: 's3',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::S3::Bucket',
  failsWhen: 'GetBucketWebsite answers a configuration. NoSuchWebsiteConfiguration passes.',
  remediation: 'Serve the site through CloudFront and remove the website configuration.',
  command: 'aws s3api delete-bucket-website --bucket BUCKET',
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketWebsite'],
  judge: (_, { detail }) => failIf(detail('s3:GetBucketWebsite') !== null),
});
