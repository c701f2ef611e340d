import { allOf, arnOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface Queue {
  id: string;
  name: string;
  url: string;
}

export interface QueueAttributes {
  policy: string | null;
  keyId: string | null;
  encryptedBySqs: boolean;
}

async function sqs({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-sqs');
  return { ...sdk, client: clients.of(sdk.SQSClient, region) };
}

export const sqsCalls = {
  'sqs:ListQueues': listCall<Queue>({
    where: 'region',
    async list(caller) {
      const { client, paginateListQueues } = await sqs(caller);
      // Without a number SQS gives one page of a thousand, and no token.
      const pages = paginateListQueues({ client, pageSize: 1000 }, {});
      const urls = await allOf(pages, (page) => page.QueueUrls);
      return urls.map((url) => {
        const name = url.slice(url.lastIndexOf('/') + 1);
        return { id: arnOf(caller, 'sqs', name), name, url };
      });
    },
  }),

  'sqs:GetQueueAttributes': detailCall<Queue, QueueAttributes>({
    of: 'sqs:ListQueues',
    async get(caller, { url }) {
      const { client, GetQueueAttributesCommand } = await sqs(caller);
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: url,
          AttributeNames: ['Policy', 'KmsMasterKeyId', 'SqsManagedSseEnabled'],
        }),
      );
      return {
        policy: Attributes.Policy || null,
        keyId: Attributes.KmsMasterKeyId || null,
        encryptedBySqs: Attributes.SqsManagedSseEnabled === 'true',
      };
    },
  }),
};
