import { ACCOUNT } from '../support.ts';
import type { Case, Cases } from './case.ts';

const identity = (what: string, principals: readonly string[], ...says: string[]): Case => ({
  what,
  answers: {
    'ses:ListIdentities': [{ id: 'i', name: 'example.com' }],
    'ses:GetIdentityPolicies': {
      i: principals.map((AWS) =>
        JSON.stringify({
          Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'ses:SendEmail', Resource: 'i' }],
        }),
      ),
    },
  },
  says,
});

export const sesCases: Cases = {
  'ses-identity-public': [
    identity('none', []),
    identity('an account', [ACCOUNT], 'pass'),
    identity('one of two for everybody', [ACCOUNT, '*'], 'fail'),
  ],
};
