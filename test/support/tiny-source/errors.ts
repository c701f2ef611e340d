import { VedetteError } from '../../../src/errors.ts';

export function noCloud(): VedetteError {
  return new VedetteError('scanner-missing', 'There is no recorded cloud.', {
    remedy: 'Set VEDETTE_TINY_CLOUD to the file with it.',
  });
}

export function notInCloud(profile: string): VedetteError {
  return new VedetteError('credentials', `The recorded cloud has no account for ${profile}.`);
}

/** Of one bucket, as AWS's AccessDenied: it is the same tomorrow. */
export function accessDenied(bucket: string): VedetteError {
  return new VedetteError('credentials', `GetObject is denied for ${bucket}.`, {
    remedy: `Allow s3:GetObject on ${bucket}, or leave it: its objects are unverified.`,
  });
}

export function garbled(bucket: string): VedetteError {
  return new VedetteError('scan-mismatch', `The objects of ${bucket} make no sense.`);
}
