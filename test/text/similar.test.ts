import { expect, test } from '@jest/globals';
import { mostSimilar } from '../../src/text/similar.ts';

test.each([
  ['s33', 's3'],
  ['S3', 's3'],
  ['lamda', 'lambda'],
  ['ce2', 'ec2'],
  ['quite another', undefined],
  ['', undefined],
  ['s3'.repeat(1000), undefined],
])('%j is most like %j', (word, expected) => {
  expect(mostSimilar(word, ['ec2', 's3', 'lambda'])).toBe(expected);
});
