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

export function noInventory(uri: string): VedetteError {
  return new VedetteError('usage', `${JSON.stringify(uri)} is not where the manifest of an inventory is.`, {
    remedy: 'Name it as S3 does: s3://BUCKET/PREFIX/SOURCE/ID/2026-01-31T01-00Z/manifest.json.',
  });
}

export function inventoryUnusable(uri: string, reason: string, cause?: unknown): VedetteError {
  return new VedetteError('usage', `The inventory ${uri} cannot be used: ${reason}.`, {
    cause,
    remedy:
      'Name the manifest of a CSV or Parquet inventory of the bucket with the fields Size and ETag, or leave --inventory out.',
  });
}

export function anotherAccount(expected: string, found: string): VedetteError {
  return new VedetteError(
    'scan-mismatch',
    `The target is account ${expected}, but its credentials are of ${found}.`,
  );
}
