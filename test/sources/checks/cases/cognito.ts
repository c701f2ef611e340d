import type { UserPoolDescription } from '../../../../src/sources/checks/services/cognito/collect.ts';
import type { Case, Cases } from './case.ts';

const POOL = { id: 'p', poolId: 'p', name: 'customers' };
const users = (what: string, more: Partial<UserPoolDescription>, says: string): Case => ({
  what,
  answers: {
    'cognito-identity-provider:ListUserPools': [POOL],
    'cognito-identity-provider:DescribeUserPool': {
      p: { mfa: 'OFF', minimumLength: 8, deletionProtected: false, ...more },
    },
  },
  says: [says],
});
const guests = (what: string, allowsGuests: boolean, says: string): Case => ({
  what,
  answers: {
    'cognito-identity:ListIdentityPools': [POOL],
    'cognito-identity:DescribeIdentityPool': { p: { allowsGuests } },
  },
  says: [says],
});

export const cognitoCases: Cases = {
  'cognito-pool-mfa': [
    users('off', {}, 'fail'),
    users('optional', { mfa: 'OPTIONAL' }, 'fail'),
    users('on', { mfa: 'ON' }, 'pass'),
  ],
  'cognito-pool-password': [
    users('short', {}, 'fail'),
    users('long', { minimumLength: 14 }, 'pass'),
    users('no policy', { minimumLength: null }, 'fail'),
  ],
  'cognito-pool-deletion-protection': [
    users('no', {}, 'fail'),
    users('yes', { deletionProtected: true }, 'pass'),
  ],
  'cognito-identity-guest': [guests('allowed', true, 'fail'), guests('not', false, 'pass')],
};
