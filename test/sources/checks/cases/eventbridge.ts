import { ACCOUNT } from '../support.ts';
import type { Case, Cases } from './case.ts';

const bus = (what: string, Principal: unknown, says: string, Condition?: object): Case => ({
  what,
  answers: {
    'eventbridge:ListEventBuses': [
      {
        id: 'b',
        name: 'default',
        policy:
          Principal === null
            ? null
            : JSON.stringify({
                Statement: [
                  { Effect: 'Allow', Principal, Action: 'events:PutEvents', Resource: 'b', Condition },
                ],
              }),
      },
    ],
  },
  says: [says],
});

export const eventbridgeCases: Cases = {
  'events-bus-exposed': [
    bus('no policy', null, 'pass'),
    bus('everybody', '*', 'fail'),
    bus('another account', { AWS: 'arn:aws:iam::222222222222:root' }, 'fail'),
    bus('the account', { AWS: `arn:aws:iam::${ACCOUNT}:root` }, 'pass'),
    bus('an organisation', '*', 'pass', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
  ],
};
