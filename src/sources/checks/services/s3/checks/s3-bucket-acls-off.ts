import { defineCheck, failIf } from '../../../catalogue.ts';

export const s3BucketAclsOff = defineCheck({
  id: 's3-bucket-acls-off',
  title: 'ACLs are switched off (owner enforced)',
  service: 's3',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::S3::Bucket',
  failsWhen: 'Object ownership is not BucketOwnerEnforced, or OwnershipControlsNotFoundError.',
  remediation: 'Switch ACLs off once no grant is needed.',
  command:
    'aws s3api put-bucket-ownership-controls --bucket BUCKET --ownership-controls "Rules=[{ObjectOwnership=BucketOwnerEnforced}]"',
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketOwnershipControls'],
  judge(_, { detail }) {
    const ownership = detail('s3:GetBucketOwnershipControls');
    return failIf(ownership !== 'BucketOwnerEnforced', { ownership });
  },
});
