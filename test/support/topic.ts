import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { MOTO_ACCOUNT } from './moto-server.ts';
import type { Moto } from './moto-server.ts';

export interface Topic {
  arn: string;
  /** What has arrived since the last time, as a queue gets it. */
  received: () => Promise<Record<string, unknown>[]>;
  close: () => void;
}

/** A topic of Amazon SNS in moto, with a queue that listens to it. */
export async function listenToTopic({ url }: Moto, name: string, region: string): Promise<Topic> {
  const options = {
    region,
    endpoint: url,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'very secret' },
  };
  const [sns, sqs] = [new SNSClient(options), new SQSClient(options)];
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: name }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const Endpoint = `arn:aws:sqs:${region}:${MOTO_ACCOUNT}:${name}`;
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  sns.destroy();
  return {
    arn: TopicArn,
    async received() {
      const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
      const { Messages = [] } = await sqs.send(command);
      return Messages.map(({ Body = '' }) => JSON.parse(Body) as Record<string, unknown>);
    },
    close: () => sqs.destroy(),
  };
}
