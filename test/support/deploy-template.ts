import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import type { RuleState, Target } from '@aws-sdk/client-eventbridge';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { parse } from 'yaml';

/** Where templates are deployed: an account of moto. */
export interface Place {
  endpoint: string;
  region: string;
  accountId: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

interface Intrinsic {
  call: 'Ref' | 'GetAtt' | 'Sub' | 'If' | 'Equals';
  of: unknown;
}

interface CloudFormation {
  Parameters: Record<string, { Default?: string }>;
  Conditions: Record<string, Intrinsic>;
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

const CALLS = ['Ref', 'GetAtt', 'Sub', 'If', 'Equals'] as const;

/** A template of CloudFormation as it would be read, its calls as objects. */
export function readCloudFormation(text: string): CloudFormation {
  const customTags = CALLS.flatMap((call) => [
    { tag: `!${call}`, resolve: (of: string): Intrinsic => ({ call, of }) },
    {
      tag: `!${call}`,
      collection: 'seq' as const,
      resolve: (of: { toJSON(): unknown }): Intrinsic => ({ call, of: of.toJSON() }),
    },
  ]);
  return parse(text, { customTags }) as CloudFormation;
}

/** What a resource is to others: by `!Ref`, and by `!GetAtt`. */
interface Made {
  ref: string;
  attributes: Readonly<Record<string, string>>;
}

type Properties = Record<string, unknown>;

/**
 * Makes the resources of a template as CloudFormation would, those first that others name. Moto's own CloudFormation knows
 * neither policies of topics nor those of queues.
 *
 * @throws Error of a resource that it does not know
 */
export async function deployTemplate(
  text: string,
  parameters: Readonly<Record<string, string>>,
  place: Place,
): Promise<void> {
  const template = readCloudFormation(text);
  const given = new Map([
    ...Object.entries(template.Parameters).map(([name, { Default }]) => [name, Default ?? ''] as const),
    ...Object.entries(parameters),
    ['AWS::AccountId', place.accountId] as const,
    ['AWS::Partition', 'aws'] as const,
  ]);
  const making = new Map<string, Promise<Made>>();
  const make = (name: string): Promise<Made> => {
    const there = making.get(name);
    if (there !== undefined) return there;
    const resource = template.Resources[name];
    if (resource === undefined) throw new Error(`the template has no ${name}`);
    const made = resolved(resource.Properties).then((properties) => {
      const maker = MAKERS[resource.Type];
      if (maker === undefined) throw new Error(`${resource.Type} is not known here`);
      return maker(properties as Properties, place);
    });
    making.set(name, made);
    return made;
  };
  const valueOf = async (name: string): Promise<string> => given.get(name) ?? (await make(name)).ref;
  async function resolved(value: unknown): Promise<unknown> {
    if (Array.isArray(value)) return Promise.all(value.map(resolved));
    if (typeof value !== 'object' || value === null) return value;
    if ('call' in value) return called(value as Intrinsic);
    const entries = Object.entries(value).map(async ([key, one]) => [key, await resolved(one)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }
  async function called({ call, of }: Intrinsic): Promise<unknown> {
    if (call === 'Ref') return valueOf(of as string);
    if (call === 'GetAtt') {
      const [name = '', attribute = ''] = (of as string).split('.');
      const found = (await make(name)).attributes[attribute];
      if (found === undefined) throw new Error(`${name} has no ${attribute}`);
      return found;
    }
    if (call === 'Sub') {
      const names = [...(of as string).matchAll(/\$\{([\w:]+)\}/g)].map(([, name = '']) => name);
      const values = await Promise.all(names.map(valueOf));
      return names.reduce((filled, name, index) => filled.replace(`\${${name}}`, values[index] ?? ''), of);
    }
    const parts = of as unknown[];
    if (call === 'Equals') {
      const [one, other] = await Promise.all(parts.map(resolved));
      return one === other;
    }
    const [condition, yes, no] = parts;
    const isSo = await resolved(template.Conditions[condition as string]);
    return resolved(isSo === true ? yes : no);
  }
  for (const name of Object.keys(template.Resources)) await make(name);
}

const MAKERS: Readonly<Record<string, (properties: Properties, place: Place) => Promise<Made>>> = {
  async 'AWS::KMS::Key'({ KeyPolicy }, place) {
    const { KeyMetadata } = await new KMSClient(place).send(
      new CreateKeyCommand({ Policy: JSON.stringify(KeyPolicy) }),
    );
    const { KeyId = '', Arn = '' } = KeyMetadata ?? {};
    return { ref: KeyId, attributes: { Arn } };
  },

  async 'AWS::SNS::Topic'({ TopicName, KmsMasterKeyId }, place) {
    const { TopicArn = '' } = await new SNSClient(place).send(
      new CreateTopicCommand({
        Name: TopicName as string,
        Attributes: { KmsMasterKeyId: KmsMasterKeyId as string },
      }),
    );
    return { ref: TopicArn, attributes: { TopicArn } };
  },

  async 'AWS::SNS::Subscription'({ TopicArn, Protocol, Endpoint }, place) {
    const { SubscriptionArn = '' } = await new SNSClient(place).send(
      new SubscribeCommand({
        TopicArn: TopicArn as string,
        Protocol: Protocol as string,
        Endpoint: Endpoint as string,
      }),
    );
    return { ref: SubscriptionArn, attributes: {} };
  },

  async 'AWS::SNS::TopicPolicy'({ Topics, PolicyDocument }, place) {
    const sns = new SNSClient(place);
    for (const TopicArn of Topics as string[]) {
      const AttributeValue = JSON.stringify(PolicyDocument);
      await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
    }
    return { ref: '', attributes: {} };
  },

  async 'AWS::SQS::Queue'({ QueueName, MessageRetentionPeriod }, place) {
    const { QueueUrl = '' } = await new SQSClient(place).send(
      new CreateQueueCommand({
        QueueName: QueueName as string,
        Attributes: { MessageRetentionPeriod: String(MessageRetentionPeriod) },
      }),
    );
    const name = QueueName as string;
    const Arn = `arn:aws:sqs:${place.region}:${place.accountId}:${name}`;
    return { ref: QueueUrl, attributes: { Arn, QueueName: name } };
  },

  async 'AWS::SQS::QueuePolicy'({ Queues, PolicyDocument }, place) {
    const sqs = new SQSClient(place);
    const Attributes = { Policy: JSON.stringify(PolicyDocument) };
    for (const QueueUrl of Queues as string[]) {
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    }
    return { ref: '', attributes: {} };
  },

  async 'AWS::Events::Rule'({ Name, EventPattern, State, Targets }, place) {
    const events = new EventBridgeClient(place);
    const { RuleArn = '' } = await events.send(
      new PutRuleCommand({
        Name: Name as string,
        EventPattern: JSON.stringify(EventPattern),
        State: State as RuleState,
      }),
    );
    await events.send(new PutTargetsCommand({ Rule: Name as string, Targets: Targets as Target[] }));
    return { ref: Name as string, attributes: { Arn: RuleArn } };
  },

  async 'AWS::CloudWatch::Alarm'(properties, place) {
    await new CloudWatchClient(place).send(
      new PutMetricAlarmCommand(properties as unknown as PutMetricAlarmCommandInput),
    );
    const name = properties['AlarmName'] as string;
    const Arn = `arn:aws:cloudwatch:${place.region}:${place.accountId}:alarm:${name}`;
    return { ref: name, attributes: { Arn } };
  },
};
