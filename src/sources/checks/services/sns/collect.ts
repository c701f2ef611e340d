import { allOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface Topic {
  id: string;
  name: string;
}

export interface TopicAttributes {
  policy: string | null;
  keyId: string | null;
}

/** One that is confirmed; where it delivers to may be a secret. */
export interface Subscription {
  id: string;
  topicArn: string;
  protocol: string;
}

async function sns({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-sns');
  return { ...sdk, client: clients.of(sdk.SNSClient, region) };
}

export const snsCalls = {
  'sns:ListTopics': listCall<Topic>({
    where: 'region',
    async list(caller) {
      const { client, paginateListTopics } = await sns(caller);
      const topics = await allOf(paginateListTopics({ client }, {}), (page) => page.Topics);
      return topics.map(({ TopicArn = '' }) => ({
        id: TopicArn,
        name: TopicArn.slice(TopicArn.lastIndexOf(':') + 1),
      }));
    },
  }),

  'sns:GetTopicAttributes': detailCall<Topic, TopicAttributes>({
    of: 'sns:ListTopics',
    async get(caller, { id }) {
      const { client, GetTopicAttributesCommand } = await sns(caller);
      const { Attributes = {} } = await client.send(new GetTopicAttributesCommand({ TopicArn: id }));
      return { policy: Attributes['Policy'] || null, keyId: Attributes['KmsMasterKeyId'] || null };
    },
  }),

  'sns:ListSubscriptions': listCall<Subscription>({
    where: 'region',
    async list(caller) {
      const { client, paginateListSubscriptions } = await sns(caller);
      const subscriptions = await allOf(
        paginateListSubscriptions({ client }, {}),
        (page) => page.Subscriptions,
      );
      return subscriptions
        .filter(({ SubscriptionArn = '' }) => SubscriptionArn.startsWith('arn:'))
        .map(({ SubscriptionArn = '', TopicArn = '', Protocol = '' }) => ({
          id: SubscriptionArn,
          topicArn: TopicArn,
          protocol: Protocol,
        }));
    },
  }),
};
