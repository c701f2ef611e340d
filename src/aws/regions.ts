import { partition } from '@aws-sdk/core/client';
import type { EndpointPartition } from '@smithy/types';
import { VedetteError } from '../errors.ts';
import { mostSimilar } from '../text/similar.ts';

/** A part of AWS with accounts, identities and regions of its own. */
export interface Partition {
  /** As ARNs name it, e.g. `aws-us-gov`. */
  id: string;
  dnsSuffix: string;
  /** Where services without regions, such as IAM, are called. */
  globalRegion: string;
}

/** One region of each partition, by which AWS's data are asked for it: they cannot be listed. */
const A_REGION_OF_EACH = [
  'us-east-1',
  'cn-north-1',
  'us-gov-west-1',
  'eusc-de-east-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
];

/** Those that every account has from the start. AWS has added none since March 2019, and said that it will not. */
const ALWAYS_ENABLED = new Set([
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);

type PartitionData = EndpointPartition & { implicitGlobalRegion: string };

/** Where a region may be, as far as AWS's data know any there: they answer for a name, and cannot be listed. */
const AREAS = 'af ap ca cn eu eu-isoe eusc-de il me mx sa us us-gov us-iso us-isob us-isof'.split(' ');
const DIRECTIONS = 'central east north northeast northwest south southeast southwest west'.split(' ');
const NUMBERS = Array.from({ length: 9 }, (_, index) => index + 1);

/** The partition of a region, by AWS's own data; of one that they do not know, by the form of its name. */
export function partitionOf(region: string): Partition {
  const { name, dnsSuffix, implicitGlobalRegion } = partition(region) as PartitionData;
  return { id: name, dnsSuffix, globalRegion: implicitGlobalRegion };
}

/**
 * The partition that an ARN names.
 *
 * @throws VedetteError `usage` for one that AWS's data do not know.
 */
export function partitionById(id: string): Partition {
  const known = A_REGION_OF_EACH.map(partitionOf);
  const found = known.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new VedetteError('usage', `AWS has no partition ${JSON.stringify(id)}.`, {
    remedy: `Partitions: ${known.map((one) => one.id).join(', ')}.`,
  });
}

/** Whether there is such a region, by AWS's own data. */
export function isRegion(name: string): boolean {
  // Places without a number are none: `aws-global`.
  return /-\d+$/.test(name) && 'description' in partition(name);
}

/** The region that somebody may have meant; undefined when no name is close. */
export function similarRegion(name: string): string | undefined {
  const names = AREAS.flatMap((area) =>
    DIRECTIONS.flatMap((direction) => NUMBERS.map((number) => `${area}-${direction}-${number}`)),
  );
  return mostSimilar(name, names.filter(isRegion));
}

/** Whether an account has the region only when somebody has switched it on. */
export function needsOptIn(region: string): boolean {
  return partitionOf(region).id === 'aws' && !ALWAYS_ENABLED.has(region);
}

/** As EC2's DescribeRegions answers. */
interface DescribedRegions {
  Regions?: readonly { RegionName?: string | undefined; OptInStatus?: string | undefined }[] | undefined;
}

/** The regions that an account can use, by name. @param describeRegions asks EC2 in one of them, which is enough */
export async function enabledRegions(describeRegions: () => Promise<DescribedRegions>): Promise<string[]> {
  const { Regions = [] } = await describeRegions();
  return Regions.filter(({ OptInStatus }) => OptInStatus !== 'not-opted-in')
    .flatMap(({ RegionName }) => (RegionName === undefined ? [] : [RegionName]))
    .toSorted();
}
