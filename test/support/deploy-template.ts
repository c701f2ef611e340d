import { parse } from 'yaml';
import { ACCOUNT, HERE } from './detections-world.ts';
import type { World } from './detections-world.ts';

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
function readCloudFormation(text: string): CloudFormation {
  const customTags = CALLS.flatMap((call) => [
    { tag: `!${call}`, resolve: (of: string): Intrinsic => ({ call, of }) },
    {
      tag: `!${call}`,
      collection: 'seq' as const,
      resolve: (of: { toJSON(): unknown }): Intrinsic => ({ call, of: of.toJSON() }),
    },
  ]);
  return parse(text, { customTags, version: '1.1' }) as CloudFormation;
}

/** What a resource is to others: by `!Ref`, and by `!GetAtt`. */
interface Made {
  ref: string;
  attributes: Readonly<Record<string, string>>;
}

type Properties = Record<string, unknown>;

/**
 * Makes the resources of a template as CloudFormation would, those first that others name.
 *
 * @throws Error of a resource that it does not know
 */
export async function deployTemplate(
  text: string,
  parameters: Readonly<Record<string, string>>,
  world: World,
): Promise<void> {
  const template = readCloudFormation(text);
  const given = new Map([
    ...Object.entries(template.Parameters).map(([name, { Default }]) => [name, Default ?? ''] as const),
    ...Object.entries(parameters),
    ['AWS::AccountId', ACCOUNT] as const,
    ['AWS::Partition', 'aws'] as const,
    ['AWS::Region', HERE] as const,
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
      return maker(properties as Properties, world);
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
      return names.reduce(
        (filled, name, index) => filled.replace(`\${${name}}`, values[index] ?? ''),
        of as string,
      );
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

const arn = (service: string, name: string): string => `arn:aws:${service}:${HERE}:${ACCOUNT}:${name}`;

/** What AWS says of a resource that was made, which other resources add to. */
function detailsOf(world: World, call: Parameters<World['of']>[0], id: string): Record<string, unknown> {
  const found = world.of(call).find(({ item }) => item.id === id);
  if (found === undefined) throw new Error(`${id} has not been made`);
  return found.details;
}

const keyPolicies = new WeakMap<World, Map<string, string>>();
const policyOfKeys = (world: World): Map<string, string> => {
  const there = keyPolicies.get(world) ?? new Map<string, string>();
  keyPolicies.set(world, there);
  return there;
};

/** As the scan for detections would see what CloudFormation has made. */
const MAKERS: Readonly<Record<string, (properties: Properties, world: World) => Made>> = {
  'AWS::KMS::Key'({ KeyPolicy }, world) {
    const policies = policyOfKeys(world);
    const id = `key/${policies.size}`;
    policies.set(arn('kms', id), JSON.stringify(KeyPolicy));
    return { ref: id, attributes: { Arn: arn('kms', id) } };
  },

  'AWS::SNS::Topic'({ TopicName, KmsMasterKeyId }, world) {
    const id = arn('sns', TopicName as string);
    const keyId = KmsMasterKeyId as string;
    const keyPolicy = policyOfKeys(world).get(keyId) ?? null;
    const state = { policy: null, keyId, keyPolicy, subscriptions: 0 };
    world.add('sns:ListTopics', { id, name: TopicName }, { 'sns:GetTopicAttributes': state });
    return { ref: id, attributes: { TopicArn: id } };
  },

  'AWS::SNS::Subscription'({ TopicArn, Endpoint }, world) {
    const state = detailsOf(world, 'sns:ListTopics', TopicArn as string)['sns:GetTopicAttributes'];
    // As if it had been confirmed.
    if (Endpoint !== '') Object.assign(state as object, { subscriptions: 1 });
    return { ref: `${String(TopicArn)}:1`, attributes: {} };
  },

  'AWS::SNS::TopicPolicy'({ Topics, PolicyDocument }, world) {
    for (const topic of Topics as string[]) {
      const state = detailsOf(world, 'sns:ListTopics', topic)['sns:GetTopicAttributes'];
      Object.assign(state as object, { policy: JSON.stringify(PolicyDocument) });
    }
    return { ref: '', attributes: {} };
  },

  'AWS::SQS::Queue'({ QueueName }, world) {
    const name = QueueName as string;
    const id = arn('sqs', name);
    const details = { 'sqs:GetQueueAttributes': { policy: null } };
    world.add('sqs:ListQueues', { id, name, url: name }, details);
    return { ref: name, attributes: { Arn: id, QueueName: name } };
  },

  'AWS::SQS::QueuePolicy'({ Queues, PolicyDocument }, world) {
    for (const queue of Queues as string[]) {
      const details = detailsOf(world, 'sqs:ListQueues', arn('sqs', queue));
      details['sqs:GetQueueAttributes'] = { policy: JSON.stringify(PolicyDocument) };
    }
    return { ref: '', attributes: {} };
  },

  'AWS::Events::Rule'({ Name, EventPattern, State, Targets }, world) {
    const name = Name as string;
    const id = arn('events', `rule/${name}`);
    const pattern = JSON.stringify(EventPattern);
    const targets = (Targets as { Arn: string; DeadLetterConfig: { Arn: string } }[]).map(
      ({ Arn, DeadLetterConfig }) => ({ arn: Arn, deadLetterArn: DeadLetterConfig.Arn }),
    );
    world.add(
      'eventbridge:ListRules',
      { id, name, bus: 'default', state: State, pattern, managedBy: null },
      { 'eventbridge:ListTargetsByRule': targets },
    );
    return { ref: name, attributes: { Arn: id } };
  },

  'AWS::CloudWatch::Alarm'({ AlarmName, AlarmActions, Namespace, MetricName, TreatMissingData }, world) {
    const name = AlarmName as string;
    const id = arn('cloudwatch', `alarm:${name}`);
    world.add('cloudwatch:DescribeAlarms', {
      id,
      name,
      kind: 'metric',
      actionsEnabled: true,
      actions: AlarmActions,
      state: 'OK',
      stateSince: null,
      metrics: [{ namespace: Namespace, name: MetricName }],
      missingData: TreatMissingData,
      rule: null,
    });
    return { ref: name, attributes: { Arn: id } };
  },
};
