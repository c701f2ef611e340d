import { expect, test } from '@jest/globals';
import { parseRoleArn } from '../../src/accounts/role-arn.ts';
import { trustPolicy } from '../../src/accounts/trust-policy.ts';

const ROLE = 'arn:aws-us-gov:iam::222222222222:role/vedette';

test('a user is trusted by name', () => {
  const arn = 'arn:aws-us-gov:iam::111111111111:user/scanner';
  expect(trustPolicy(ROLE, 'id', { accountId: '111111111111', arn }).Statement).toEqual([
    {
      Effect: 'Allow',
      Principal: { AWS: arn },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'id' } },
    },
  ]);
});

test('a session is trusted as its role, whatever path that has', () => {
  const arn = 'arn:aws-us-gov:sts::111111111111:assumed-role/worker/i-0123';
  expect(trustPolicy(ROLE, 'id', { accountId: '111111111111', arn }).Statement[0]).toMatchObject({
    Principal: { AWS: 'arn:aws-us-gov:iam::111111111111:root' },
    Condition: {
      StringEquals: { 'sts:ExternalId': 'id' },
      ArnLike: {
        'aws:PrincipalArn': [
          'arn:aws-us-gov:iam::111111111111:role/worker',
          'arn:aws-us-gov:iam::111111111111:role/*/worker',
        ],
      },
    },
  });
});

test('nobody is trusted who is not known', () => {
  expect(trustPolicy(ROLE, 'id', null).Statement[0]?.Principal.AWS).toBe(
    'arn:aws-us-gov:iam::ACCOUNT-ID-OF-VEDETTE:root',
  );
});

test.each([
  ['arn:aws:iam::123456789012:role/vedette', 'aws', '123456789012'],
  ['arn:aws-cn:iam::123456789012:role/some/path/vedette', 'aws-cn', '123456789012'],
])('%s is a role', (arn, partition, accountId) => {
  expect(parseRoleArn(arn)).toEqual({ partition, accountId });
});

test.each([
  'vedette',
  'arn:aws:iam::123456789012:user/vedette',
  'arn:aws:iam::12345:role/vedette',
  'arn:aws-mars:iam::123456789012:role/vedette',
  'arn:aws:iam::123456789012:role/vedette\nexternal_id = mine',
  'arn:aws:iam::123456789012:role/a b/vedette',
])('%j is none', (arn) => {
  expect(() => parseRoleArn(arn)).toThrow(expect.objectContaining({ type: 'usage' }));
});
