import { defineSource } from '../../../src/sources/source.ts';
import { collectBuckets } from './collect.ts';
import { checkTiny } from './health.ts';
import { tinyImportable } from './importable.ts';
import { interpretTiny } from './interpret.ts';
import { objectUnits } from './plan.ts';
import { tinySettings } from './settings.ts';
import { tinySetup } from './setup.ts';

/** A second source, small enough to be read in one go: it scans a recorded cloud of buckets and objects. */
export const tiny = defineSource({
  id: 'tiny',
  title: 'Tiny',
  permissions: { managedPolicies: [], actions: ['s3:ListAllMyBuckets', 's3:ListBucket', 's3:GetObject'] },
  settings: tinySettings,
  setup: tinySetup,
  check: checkTiny,
  importable: tinyImportable,
  demo: null,
  collect: collectBuckets,
  interpret: interpretTiny,
  units: objectUnits,
});
