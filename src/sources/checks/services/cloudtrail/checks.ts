import type { Check } from '../../catalogue.ts';
import { cloudtrailBucketLog } from './checks/cloudtrail-bucket-log.ts';
import { cloudtrailBucketMfaDelete } from './checks/cloudtrail-bucket-mfa-delete.ts';
import { cloudtrailBucketPublic } from './checks/cloudtrail-bucket-public.ts';
import { cloudtrailCloudwatch } from './checks/cloudtrail-cloudwatch.ts';
import { cloudtrailInsights } from './checks/cloudtrail-insights.ts';
import { cloudtrailKms } from './checks/cloudtrail-kms.ts';
import { cloudtrailLambdaEvents } from './checks/cloudtrail-lambda-events.ts';
import { cloudtrailMultiRegion } from './checks/cloudtrail-multi-region.ts';
import { cloudtrailS3ReadEvents } from './checks/cloudtrail-s3-read-events.ts';
import { cloudtrailS3WriteEvents } from './checks/cloudtrail-s3-write-events.ts';
import { cloudtrailValidation } from './checks/cloudtrail-validation.ts';

export const cloudtrailChecks: readonly Check[] = [
  cloudtrailBucketLog,
  cloudtrailBucketMfaDelete,
  cloudtrailBucketPublic,
  cloudtrailCloudwatch,
  cloudtrailInsights,
  cloudtrailKms,
  cloudtrailLambdaEvents,
  cloudtrailMultiRegion,
  cloudtrailS3ReadEvents,
  cloudtrailS3WriteEvents,
  cloudtrailValidation,
];
