import type { Check } from '../../catalogue.ts';
import { cloudtrailBucketPublic } from './checks/cloudtrail-bucket-public.ts';
import { cloudtrailKms } from './checks/cloudtrail-kms.ts';
import { cloudtrailMultiRegion } from './checks/cloudtrail-multi-region.ts';
import { cloudtrailValidation } from './checks/cloudtrail-validation.ts';

export const cloudtrailChecks: readonly Check[] = [
  cloudtrailBucketPublic,
  cloudtrailKms,
  cloudtrailMultiRegion,
  cloudtrailValidation,
];
