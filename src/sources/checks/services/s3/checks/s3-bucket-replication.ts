import { defineCheck, fail, failIf, unknown } from '../../../catalogue.ts';
import { perList } from '../../../per-list.ts';
import type { Bucket } from '../collect.ts';

export const s3BucketReplication = defineCheck({
  id: 's3-bucket-replication',
  title: 'Data is replicated to another region',
  service: 's3',
  depth: 'deep',
  level: 'low',
  category: 'backup',
  resourceType: 'AWS::S3::Bucket',
  failsWhen:
    'Versioning is off, or no enabled rule replicates to a bucket in another region. A destination in another account cannot be looked at: its region is unknown, so the verdict is unknown unless another rule decides.',
  remediation: 'Replicate to a bucket in another region.',
  command:
    'aws s3api put-bucket-replication --bucket BUCKET --replication-configuration file://replication.json',
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketReplication', 's3:GetBucketVersioning'],
  judge({ region }, { detail, list }) {
    if (detail('s3:GetBucketVersioning')?.status !== 'Enabled') return fail({ versioning: false });
    const rules = (detail('s3:GetBucketReplication') ?? []).filter(({ enabled }) => enabled);
    const regionOf = regionsByBucket(list('s3:ListBuckets'));
    const regions = rules.map(({ bucket }) => regionOf.get(bucket) ?? null);
    const elsewhere = regions.some((one) => one !== null && one !== region);
    if (!elsewhere && regions.includes(null)) {
      return unknown('failed: the region of a bucket that is replicated to is not known');
    }
    return failIf(!elsewhere, { versioning: true, to: rules.map(({ bucket }) => bucket) });
  },
});

const regionsByBucket = perList(
  (buckets: readonly Bucket[]) => new Map(buckets.map(({ id, region }) => [id, region])),
);
