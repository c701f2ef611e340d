import type { AwsWatch } from './declaration.ts';
import { AWS_COST, headerOf, slugOf, TRAIL_NEEDED } from './header.ts';
import type { NamedDeclaration } from './header.ts';
import { eventPatternOf, insightsQueryOf, needsGlobalRegion, ruleStateOf } from './pattern.ts';
import { inputTemplate } from './terraform-aws.ts';

/** CloudFormation that tells somebody by e-mail whenever one of the events happens. */
export function cloudFormation(declaration: NamedDeclaration & { aws: readonly AwsWatch[] }): string {
  const { technique, name, severity, aws } = declaration;
  const header = headerOf(declaration, [
    AWS_COST,
    TRAIL_NEEDED,
    ...(needsGlobalRegion(aws) ? ['Deploy it in us-east-1: some of these events arrive there only.'] : []),
    `More: https://attack.mitre.org/techniques/${technique.replace('.', '/')}/`,
    '',
    'The same as a query of CloudWatch Logs Insights:',
    ...insightsQueryOf(aws).map((line) => `  ${line}`),
  ]);
  return `${header.join('\n')}
AWSTemplateFormatVersion: '2010-09-09'
Description: ${JSON.stringify(`Tells when ATT&CK ${technique} (${name}) may be under way`)}

Parameters:
  NamePrefix:
    Type: String
    Default: vedette-${slugOf(technique)}
    Description: Beginning of the names of all resources.
    AllowedPattern: '[A-Za-z0-9-]{1,40}'
  AlertEmail:
    Type: String
    Description: Who is told; AWS sends a message that has to be confirmed.
  KmsMasterKeyId:
    Type: String
    Default: ''
    Description: >-
      Key of the topic; empty for one of its own. alias/aws/sns does not work here: its policy lets neither EventBridge
      nor alarms publish, and nobody can change it.

Conditions:
  HasOwnKey: !Equals [!Ref KmsMasterKeyId, '']

Resources:
  # Step 1: who is told. A topic, encrypted with a key that lets EventBridge and alarms publish.
  AlertsKey:
    Type: AWS::KMS::Key
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      Description: !Sub '\${NamePrefix}: alerts'
      EnableKeyRotation: true
      PendingWindowInDays: 7
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - Sid: AccountAdministersKey
            Effect: Allow
            Principal:
              AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'
            Action: kms:*
            Resource: '*'
          # EventBridge tells keys neither account nor rule: conditions on them would keep it out. SNS names the topic.
          - Sid: RulePublishes
            Effect: Allow
            Principal:
              Service: events.amazonaws.com
            Action:
              - kms:Decrypt
              - kms:GenerateDataKey*
            Resource: '*'
            Condition:
              StringEquals:
                kms:EncryptionContext:aws:sns:topicArn: !Sub 'arn:\${AWS::Partition}:sns:\${AWS::Region}:\${AWS::AccountId}:\${NamePrefix}-alerts'
          - Sid: AlarmPublishes
            Effect: Allow
            Principal:
              Service: cloudwatch.amazonaws.com
            Action:
              - kms:Decrypt
              - kms:GenerateDataKey*
            Resource: '*'
            Condition:
              StringEquals:
                aws:SourceAccount: !Ref AWS::AccountId

  AlertsTopic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !Sub '\${NamePrefix}-alerts'
      KmsMasterKeyId: !If [HasOwnKey, !GetAtt AlertsKey.Arn, !Ref KmsMasterKeyId]

  AlertsSubscription:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref AlertsTopic
      Protocol: email
      Endpoint: !Ref AlertEmail

  # Step 2: what is watched.
  EventRule:
    Type: AWS::Events::Rule
    Properties:
      Name: !Sub '\${NamePrefix}-detection'
      Description: ${JSON.stringify(`ATT&CK ${technique} ${name}`)}
      State: ${ruleStateOf(aws)}
      EventPattern:
${yamlLines(eventPatternOf(aws), 8).join('\n')}
      # Step 3: how the one tells the other. What cannot be delivered is tried again, then kept for 14 days, and an alarm says so.
      Targets:
        - Id: SNSTarget
          Arn: !Ref AlertsTopic
          RetryPolicy:
            MaximumEventAgeInSeconds: 3600
            MaximumRetryAttempts: 8
          DeadLetterConfig:
            Arn: !GetAtt DeadLetterQueue.Arn
          InputTransformer:
            InputPathsMap:
              account: $.account
              actor: $.detail.userIdentity.arn
              address: $.detail.sourceIPAddress
              event: $.detail.eventName
              region: $.region
              time: $.time
            InputTemplate: ${JSON.stringify(inputTemplate(technique, name, severity))}

  DeadLetterQueue:
    Type: AWS::SQS::Queue
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      QueueName: !Sub '\${NamePrefix}-dlq'
      MessageRetentionPeriod: 1209600
      SqsManagedSseEnabled: true

  DeadLetterQueuePolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues:
        - !Ref DeadLetterQueue
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              Service: events.amazonaws.com
            Action: sqs:SendMessage
            Resource: !GetAtt DeadLetterQueue.Arn
            Condition:
              StringEquals:
                aws:SourceAccount: !Ref AWS::AccountId
              ArnEquals:
                aws:SourceArn: !GetAtt EventRule.Arn

  TopicPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics:
        - !Ref AlertsTopic
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Sid: RulePublishes
            Effect: Allow
            Principal:
              Service: events.amazonaws.com
            Action: sns:Publish
            Resource: !Ref AlertsTopic
            Condition:
              StringEquals:
                AWS:SourceAccount: !Ref AWS::AccountId
              ArnEquals:
                aws:SourceArn: !GetAtt EventRule.Arn
          - Sid: AlarmPublishes
            Effect: Allow
            Principal:
              Service: cloudwatch.amazonaws.com
            Action: sns:Publish
            Resource: !Ref AlertsTopic
            Condition:
              StringEquals:
                AWS:SourceAccount: !Ref AWS::AccountId
              ArnEquals:
                aws:SourceArn: !GetAtt UndeliveredAlarm.Arn

  UndeliveredAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: !Sub '\${NamePrefix}-undelivered'
      AlarmDescription: Alerts of ${technique} could not be delivered.
      Namespace: AWS/SQS
      MetricName: ApproximateNumberOfMessagesVisible
      Dimensions:
        - Name: QueueName
          Value: !GetAtt DeadLetterQueue.QueueName
      Statistic: Maximum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 0
      ComparisonOperator: GreaterThanThreshold
      TreatMissingData: notBreaching
      AlarmActions:
        - !Ref AlertsTopic
`;
}

/** What YAML 1.1, as CloudFormation reads it, takes for something other than text. */
const OTHERWISE_READ = /^(?:y|n|yes|no|on|off|true|false|null|~|[\d.]+)$/i;

/** A pattern as YAML. */
function yamlLines(value: unknown, indent: number): string[] {
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    return value.flatMap((one) => {
      if (typeof one === 'string') return [`${pad}- ${OTHERWISE_READ.test(one) ? `'${one}'` : one}`];
      const [first = '', ...rest] = yamlLines(one, indent + 2);
      return [`${pad}- ${first.trimStart()}`, ...rest];
    });
  }
  return Object.entries(value as Record<string, unknown>).flatMap(([key, one]) => [
    `${pad}${key}:`,
    ...yamlLines(one, indent + 2),
  ]);
}
