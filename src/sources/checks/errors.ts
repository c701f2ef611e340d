import { VedetteError } from '../../errors.ts';

export function unknownNames(what: string, names: readonly string[], known: readonly string[]): VedetteError {
  return new VedetteError(
    'usage',
    `There is no ${what} ${names.map((name) => JSON.stringify(name)).join(', ')}.`,
    {
      remedy: known.length > 40 ? 'vedette check list shows all of them.' : `There are: ${known.join(', ')}.`,
    },
  );
}

export function nothingChosen(): VedetteError {
  return new VedetteError('scan-empty', 'No check is of everything that was asked for.', {
    remedy: 'vedette check list shows the services, depths and frameworks of the checks.',
  });
}

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

export function tookTooLong(timeoutMs: number): VedetteError {
  return new VedetteError(
    'scanner-timed-out',
    `the calls took longer than ${Math.round(timeoutMs / 1000)} s and were ended`,
    { remedy: 'Raise VEDETTE_CHECKS_TIMEOUT, or scan fewer services and regions at once.' },
  );
}

export function anotherAccount(expected: string, found: string): VedetteError {
  return new VedetteError(
    'scan-mismatch',
    `The target is account ${expected}, but its credentials are of ${found}.`,
  );
}
