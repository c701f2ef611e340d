import { describe, expect, test } from '@jest/globals';
import {
  enabledRegions,
  isRegion,
  needsOptIn,
  partitionById,
  partitionOf,
  similarRegion,
} from '../../src/aws/regions.ts';

describe('partitions', () => {
  test.each([
    ['eu-west-1', 'aws', 'amazonaws.com', 'us-east-1'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn', 'cn-northwest-1'],
    ['us-gov-east-1', 'aws-us-gov', 'amazonaws.com', 'us-gov-west-1'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu', 'eusc-de-east-1'],
    ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov', 'us-isob-east-1'],
    // Regions that are newer than the data.
    ['eu-nowhere-9', 'aws', 'amazonaws.com', 'us-east-1'],
    ['cn-nowhere-9', 'aws-cn', 'amazonaws.com.cn', 'cn-northwest-1'],
  ])('%s is in %s', (region, id, dnsSuffix, globalRegion) => {
    expect(partitionOf(region)).toEqual({ id, dnsSuffix, globalRegion });
    expect(partitionById(id)).toEqual({ id, dnsSuffix, globalRegion });
  });

  test('one that AWS does not have is refused with those that it has', () => {
    expect(() => partitionById('aws-mars')).toThrow(
      expect.objectContaining({ type: 'usage', remedy: expect.stringContaining('aws-eusc') }),
    );
  });
});

test.each([
  ['eu-west-1', false],
  ['me-south-1', true],
  ['eu-nowhere-9', true],
  ['cn-north-1', false],
  ['eusc-de-east-1', false],
])('whether an account has to switch %s on: %s', (region, expected) => {
  expect(needsOptIn(region)).toBe(expected);
});

test.each([
  'us-east-1',
  'mx-central-1',
  'ap-southeast-7',
  'eusc-de-east-1',
  'us-gov-west-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'cn-north-1',
])('%s is a region', (name) => {
  expect(isRegion(name)).toBe(true);
  expect(similarRegion(name)).toBe(name);
});

test.each([
  ['mars-1', undefined],
  ['eu-west', 'eu-west-1'],
  ['EU-West-1', 'eu-west-1'],
  ['eu-west-1a', 'eu-west-1'],
  ['us-esat-1', 'us-east-1'],
  ['aws-global', undefined],
  ['eu-west-1 # Ireland', undefined],
  ['', undefined],
])('%j is none; somebody may have meant %j', (name, meant) => {
  expect(isRegion(name)).toBe(false);
  expect(similarRegion(name)).toBe(meant);
});

test('the enabled regions are those that are not switched off, by name', async () => {
  const answer = {
    Regions: [
      { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
      { RegionName: 'me-south-1', OptInStatus: 'not-opted-in' },
      { RegionName: 'eu-south-1', OptInStatus: 'opted-in' },
    ],
  };
  expect(await enabledRegions(async () => answer)).toEqual(['eu-south-1', 'us-east-1']);
  expect(await enabledRegions(async () => ({}))).toEqual([]);
});
