import { expect, test } from '@jest/globals';
import { nearest } from '../../src/text/nearest.ts';

test.each([
  ['s33', 's3'],
  ['EC2', 'ec2'],
  ['cloudtrial', 'cloudtrail'],
  ['eu-west-99', undefined],
  ['', undefined],
])('%j is most like %j', (word, expected) => {
  expect(nearest(word, ['ec2', 's3', 'sns', 'cloudtrail', 'iam'])).toBe(expected);
});
