import type { Stack } from '../../../../src/sources/checks/services/cloudformation/collect.ts';
import type { Case, Cases } from './case.ts';

const stack = (what: string, more: Partial<Stack>, ...says: string[]): Case => ({
  what,
  answers: {
    'cloudformation:DescribeStacks': [
      {
        id: 's',
        name: 'shop',
        status: 'CREATE_COMPLETE',
        isNested: false,
        deletionProtected: false,
        secrets: [],
        ...more,
      },
    ],
  },
  says,
});

export const cloudformationCases: Cases = {
  'cfn-output-secrets': [
    stack('none', {}, 'pass'),
    stack('a password', { secrets: [{ name: 'DbPassword', kind: 'password' }] }, 'fail'),
  ],
  'cfn-termination-protection': [
    stack('no', {}, 'fail'),
    stack('yes', { deletionProtected: true }, 'pass'),
    stack('nested', { isNested: true }),
    stack('deleted', { status: 'DELETE_COMPLETE' }),
  ],
};
