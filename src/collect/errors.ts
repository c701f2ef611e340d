import { VedetteError } from '../errors.ts';

export function notAnAwsRegion(region: string): VedetteError {
  return new VedetteError('usage', `${JSON.stringify(region)} is not the name of a region.`, {
    remedy: 'Name regions as AWS does, e.g. eu-west-1.',
  });
}

export function regionsUnknown(cause: unknown): VedetteError {
  return new VedetteError('credentials', 'The regions of the account cannot be listed.', {
    cause,
    remedy: 'Allow ec2:DescribeRegions, or name the regions with --regions.',
  });
}

export function anotherAccount(expected: string, found: string): VedetteError {
  return new VedetteError(
    'scan-mismatch',
    `The target is account ${expected}, but its credentials are of ${found}.`,
  );
}
