import { allOf, arnOf, detailCall, listCall, unlessNotConfigured } from '../../../collect/call.ts';
import type { Caller } from '../../../collect/call.ts';

export interface Topic {
  id: string;
  name: string;
}

export interface TopicState {
  /** JSON; null where it has none. */
  policy: string | null;
  keyId: string | null;
  /** Of the key that encrypts it: JSON, null where it is not a key of the account or cannot be read. */
  keyPolicy: string | null;
  /** Confirmed ones among the first hundred. */
  subscriptions: number;
}

export interface Queue {
  id: string;
  name: string;
  url: string;
}

async function sns({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-sns');
  return { ...sdk, client: clients.of(sdk.SNSClient, region) };
}

async function keyPolicyOf({ clients, region }: Caller, keyId: string): Promise<string | null> {
  const { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } = await import('@aws-sdk/client-kms');
  const kms = clients.of(KMSClient, region);
  try {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: keyId }));
    const { Policy = null } = await kms.send(
      new GetKeyPolicyCommand({ KeyId: KeyMetadata?.Arn ?? keyId, PolicyName: 'default' }),
    );
    return Policy;
  } catch {
    // Then it is not known whether the key lets anybody publish.
    return null;
  }
}

export const messagingCalls = {
  'sns:ListTopics': listCall<Topic>({
    where: 'region',
    async list(caller) {
      const { client, paginateListTopics } = await sns(caller);
      const topics = await allOf(paginateListTopics({ client }, {}), (page) => page.Topics);
      return topics.map(({ TopicArn = '' }) => ({ id: TopicArn, name: TopicArn.split(':').at(-1) ?? '' }));
    },
  }),

  'sns:GetTopicAttributes': detailCall<Topic, TopicState>({
    of: 'sns:ListTopics',
    sends: ['sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic', 'kms:DescribeKey', 'kms:GetKeyPolicy'],
    permissions: [
      'sns:GetTopicAttributes',
      'sns:ListSubscriptionsByTopic',
      'kms:DescribeKey',
      'kms:GetKeyPolicy',
    ],
    async get(caller, { id }) {
      const { client, GetTopicAttributesCommand, ListSubscriptionsByTopicCommand } = await sns(caller);
      const { Attributes = {} } = await client.send(new GetTopicAttributesCommand({ TopicArn: id }));
      const { Subscriptions = [] } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: id }));
      const keyId = Attributes['KmsMasterKeyId'] ?? null;
      const isOwnKey = keyId !== null && keyId !== '' && !keyId.startsWith('alias/aws/');
      return {
        policy: Attributes['Policy'] ?? null,
        keyId: keyId === '' ? null : keyId,
        keyPolicy: isOwnKey ? await keyPolicyOf(caller, keyId) : null,
        subscriptions: Subscriptions.filter(({ SubscriptionArn = '' }) => SubscriptionArn.startsWith('arn:'))
          .length,
      };
    },
  }),

  'sqs:ListQueues': listCall<Queue>({
    where: 'region',
    async list(caller) {
      const sdk = await import('@aws-sdk/client-sqs');
      const client = caller.clients.of(sdk.SQSClient, caller.region);
      const urls = await allOf(
        sdk.paginateListQueues({ client, pageSize: 1000 }, {}),
        (page) => page.QueueUrls,
      );
      return urls.map((url) => {
        const name = url.split('/').at(-1) ?? '';
        return { id: arnOf(caller, 'sqs', name), name, url };
      });
    },
  }),

  'sqs:GetQueueAttributes': detailCall<Queue, { policy: string | null }>({
    of: 'sqs:ListQueues',
    async get(caller, { url }) {
      const { GetQueueAttributesCommand, SQSClient } = await import('@aws-sdk/client-sqs');
      return unlessNotConfigured(['QueueDoesNotExist'], async () => {
        const { Attributes = {} } = await caller.clients
          .of(SQSClient, caller.region)
          .send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['Policy'] }));
        return { policy: Attributes['Policy'] ?? null };
      });
    },
  }),
};
