import { VedetteError } from '../../errors.ts';

export function noBucket(): VedetteError {
  return new VedetteError('usage', 'A scan for sensitive data is of one bucket.', {
    remedy: 'Name it: vedette s3 scan BUCKET[/PREFIX].',
  });
}

export function bucketNotThere(bucket: string, cause: unknown): VedetteError {
  return new VedetteError('usage', `There is no bucket ${bucket}.`, {
    cause,
    remedy: 'Check its name, and whose account it is: vedette s3 scan BUCKET --account NAME.',
  });
}

export function bucketDenied(bucket: string, cause: unknown): VedetteError {
  return new VedetteError('credentials', `The objects of ${bucket} cannot be listed.`, {
    cause,
    remedy: 'Allow s3:ListBucket on the bucket, and s3:GetObject on its objects.',
  });
}

export function anotherAccount(expected: string, found: string): VedetteError {
  return new VedetteError(
    'scan-mismatch',
    `The target is account ${expected}, but its credentials are of ${found}.`,
  );
}
