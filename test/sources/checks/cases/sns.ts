import { ACCOUNT } from '../support.ts';
import type { Case, Cases } from './case.ts';

const topic = (what: string, statement: object | null, says: string, keyId: string | null = null): Case => ({
  what,
  answers: {
    'sns:ListTopics': [{ id: 't', name: 'orders' }],
    'sns:GetTopicAttributes': {
      t: {
        policy:
          statement === null
            ? null
            : JSON.stringify({
                Statement: [
                  { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'SNS:*', Resource: 't', ...statement },
                ],
              }),
        keyId,
      },
    },
  },
  says: [says],
});
const subscription = (protocol: string, says: string): Case => ({
  what: protocol,
  answers: { 'sns:ListSubscriptions': [{ id: 's', topicArn: 't', protocol }] },
  says: [says],
});
const endpoints = (...values: string[]) => ({ Condition: { StringLike: { 'SNS:Endpoint': values } } });

export const snsCases: Cases = {
  'sns-topic-public': [
    topic('no policy', null, 'pass'),
    topic('everybody', {}, 'fail'),
    topic('that of SNS', { Condition: { StringEquals: { 'AWS:SourceOwner': ACCOUNT } } }, 'pass'),
    topic('a domain', endpoints('*@example.com', 'https://example.com/*'), 'pass'),
    topic('one domain, and any', endpoints('*@example.com', 'https://*'), 'fail'),
  ],
  'sns-topic-encrypted': [topic('no', null, 'fail'), topic('yes', null, 'pass', 'alias/aws/sns')],
  'sns-subscription-http': [subscription('http', 'fail'), subscription('https', 'pass')],
};
