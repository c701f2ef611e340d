import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DisableRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { MOTO_ACCOUNT } from './moto-server.ts';

const REGION = 'us-east-1';
const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'testing' };

/** An account of moto with a trail, rules and alarms: some work, each of the others is broken in a way of its own. */
export async function makeDetections(endpoint: string): Promise<void> {
  const client = { endpoint, credentials: KEYS, region: REGION };
  await new S3Client({ ...client, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'trails' }));
  const logs = new CloudWatchLogsClient(client);
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'trail' }));
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'unfed' }));
  const trail = new CloudTrailClient(client);
  await trail.send(
    new CreateTrailCommand({
      Name: 'main',
      S3BucketName: 'trails',
      IsMultiRegionTrail: true,
      CloudWatchLogsLogGroupArn: `arn:aws:logs:${REGION}:${MOTO_ACCOUNT}:log-group:trail:*`,
      CloudWatchLogsRoleArn: `arn:aws:iam::${MOTO_ACCOUNT}:role/trail`,
    }),
  );
  await trail.send(new StartLoggingCommand({ Name: 'main' }));
  const topicArn = await makeTopic(client, 'alerts');
  const events = new EventBridgeClient(client);
  const rule = async (name: string, source: string, eventName: string, targets: string[]): Promise<void> => {
    const pattern = {
      source: [source],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: { eventName: [eventName] },
    };
    await events.send(new PutRuleCommand({ Name: name, EventPattern: JSON.stringify(pattern) }));
    const Targets = targets.map((Arn, index) => ({ Id: String(index), Arn }));
    if (Targets.length > 0) await events.send(new PutTargetsCommand({ Rule: name, Targets }));
  };
  await rule('stop-logging', 'aws.cloudtrail', 'StopLogging', [topicArn]);
  await rule('switched-off', 'aws.iam', 'CreateUser', [topicArn]);
  await events.send(new DisableRuleCommand({ Name: 'switched-off' }));
  await rule('untold', 'aws.kms', 'ScheduleKeyDeletion', []);
  await rule('gone', 'aws.kms', 'DisableKey', [`arn:aws:sns:${REGION}:${MOTO_ACCOUNT}:nowhere`]);
  await rule('reads', 'aws.secretsmanager', 'GetSecretValue', [topicArn]);
  const aws = await makeTopic(client, 'aws-key', 'alias/aws/sns');
  await rule('key', 'aws.s3', 'DeleteBucketPolicy', [aws]);
  for (const [name, group] of [
    ['root', 'trail'],
    ['no-alarm', 'trail'],
    ['unfed', 'unfed'],
  ] as const) {
    await logs.send(
      new PutMetricFilterCommand({
        filterName: name,
        logGroupName: group,
        filterPattern: '{ ($.eventName = DeleteTrail) || ($.eventName = StopLogging) }',
        metricTransformations: [{ metricName: name, metricNamespace: 'Security', metricValue: '1' }],
      }),
    );
  }
  const cloudwatch = new CloudWatchClient(client);
  for (const [name, AlarmActions] of [
    ['root', [topicArn]],
    ['unfed', []],
  ] as const) {
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: name,
        Namespace: 'Security',
        MetricName: name,
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        Period: 300,
        Statistic: 'Sum',
        Threshold: 0,
        TreatMissingData: 'notBreaching',
        AlarmActions: [...AlarmActions],
      }),
    );
  }
}

async function makeTopic(
  client: { endpoint: string; credentials: typeof KEYS; region: string },
  name: string,
  keyId?: string,
): Promise<string> {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: ['events.amazonaws.com', 'cloudwatch.amazonaws.com'] },
    Action: 'sns:Publish',
    Resource: '*',
    Condition: { StringEquals: { 'AWS:SourceAccount': MOTO_ACCOUNT } },
  };
  const { KeyMetadata } = await new KMSClient(client).send(
    new CreateKeyCommand({
      Policy: JSON.stringify({
        Version: '2012-10-17',
        // EventBridge does not say to keys for which account it asks.
        Statement: [{ ...statement, Condition: {}, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] }],
      }),
    }),
  );
  const sns = new SNSClient(client);
  const { TopicArn = '' } = await sns.send(
    new CreateTopicCommand({
      Name: name,
      Attributes: {
        KmsMasterKeyId: keyId ?? (KeyMetadata?.Arn as string),
        Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      },
    }),
  );
  await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: `arn:aws:sqs:${REGION}:${MOTO_ACCOUNT}:inbox`,
    }),
  );
  return TopicArn;
}
