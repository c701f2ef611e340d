import { defineSource } from '../source.ts';
import { collectHead } from './collect.ts';
import { checkDetectors } from './health.ts';
import { interpretObjects } from './interpret.ts';
import { objectUnits } from './plan.ts';
import { s3DataSettings } from './settings.ts';

/** Sensitive data in the objects of a bucket. */
export const s3Data = defineSource({
  id: 's3-data',
  title: 'Sensitive data',
  permissions: {
    managedPolicies: [],
    actions: ['sts:GetCallerIdentity', 's3:ListBucket', 's3:GetObject', 'kms:Decrypt'],
  },
  settings: s3DataSettings,
  setup: [],
  check: checkDetectors,
  importable: null,
  demo: null,
  collect: collectHead,
  interpret: interpretObjects,
  units: objectUnits,
});
