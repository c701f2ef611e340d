import type { QueueAttributes } from '../../../../src/sources/checks/services/sqs/collect.ts';
import { ACCOUNT } from '../support.ts';
import type { Case, Cases } from './case.ts';

const queue = (what: string, more: Partial<QueueAttributes>, says: string): Case => ({
  what,
  answers: {
    'sqs:ListQueues': [{ id: 'q', name: 'orders', url: 'https://q' }],
    'sqs:GetQueueAttributes': { q: { policy: null, keyId: null, encryptedBySqs: false, ...more } },
  },
  says: [says],
});
const allowing = (Principal: unknown, Condition?: object): Partial<QueueAttributes> => ({
  policy: JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: 'q', Condition }],
  }),
});

export const sqsCases: Cases = {
  'sqs-queue-public': [
    queue('no policy', {}, 'pass'),
    queue('everybody', allowing('*'), 'fail'),
    queue('everybody, by canonical id', allowing({ CanonicalUser: '*' }), 'fail'),
    queue('an account', allowing({ AWS: ACCOUNT }), 'pass'),
    queue(
      'a topic',
      allowing('*', { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${ACCOUNT}:orders` } }),
      'pass',
    ),
  ],
  'sqs-queue-encrypted': [
    queue('no', {}, 'fail'),
    queue('by SQS', { encryptedBySqs: true }, 'pass'),
    queue('by a key', { keyId: 'k' }, 'pass'),
  ],
};
