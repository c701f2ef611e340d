import { z } from 'zod';
import { setting } from '../config/setting.ts';
import { duration, text } from '../config/types.ts';

export const artifactSettings = {
  location: setting(
    'VEDETTE_ARTIFACTS',
    text.pipe(
      z
        .string()
        .regex(
          /^(?:file:|s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/.*)?)$/,
          'expected file: or s3://bucket/prefix',
        )
        .default('file:'),
    ),
    'Where the steps of a scan leave files for each other: `file:` for `artifacts` in VEDETTE_HOME, or ' +
      '`s3://bucket/prefix`, which every worker sees.',
  ),
  kmsKey: setting(
    'VEDETTE_ARTIFACTS_KMS_KEY',
    text,
    'KMS key that artifacts in S3 are encrypted with; without it the encryption of the bucket holds.',
  ),
  keptMs: setting(
    'VEDETTE_RESULTS_RETENTION',
    duration('90d'),
    'How long the results of scans are kept of sources that can judge them again, such as our own checks.',
  ),
  holderWaitMs: setting(
    'VEDETTE_ARTIFACTS_WAIT',
    duration('2m'),
    'With `file:`, how long a scan waits for the worker that holds its files before it begins anew.',
  ),
};
