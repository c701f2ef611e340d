import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { AutoScalingClient, CreateLaunchConfigurationCommand } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient, CreateDistributionCommand } from '@aws-sdk/client-cloudfront';
import { CodeBuildClient, CreateProjectCommand } from '@aws-sdk/client-codebuild';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CreateDocumentCommand, SSMClient } from '@aws-sdk/client-ssm';
import { CreateWebACLCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { CallCounts } from '../../../src/aws/call-counts.ts';
import { openClients } from '../../../src/aws/clients.ts';
import { SharedLimits } from '../../../src/aws/shared-limits.ts';
import { collectPlace } from '../../../src/collect/collect.ts';
import { planCalls, sentBy } from '../../../src/collect/plan.ts';
import type { ItemLine, SnapshotLine } from '../../../src/collect/snapshot.ts';
import { allChecks } from '../../../src/sources/checks/all-checks.ts';
import { calls } from '../../../src/sources/checks/calls.ts';
import { callsOf } from '../../../src/sources/checks/catalogue.ts';
import { evaluate } from '../../../src/sources/checks/evaluate.ts';
import { MOTO_ACCOUNT, startMoto } from '../../support/moto-server.ts';
import type { Moto } from '../../support/moto-server.ts';
import { HEAD } from './support.ts';

const REGION = 'us-east-1';
const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'testing' };
/** What must be in no snapshot. */
const SECRET = 'hunter2-hunter2';
/** Services of which each call is made once; those with servers of their own in other tests are left to these. */
const SERVICES = new Set(
  `acm apigateway athena autoscaling backup cloudformation cloudfront codebuild cognito dms dynamodb ecs elasticache eventbridge glue
  inspector kinesis lambda macie opensearch route53 sagemaker securityhub ses sns sqs ssm stepfunctions wafv2`.split(
    /\s+/,
  ),
);
/** What moto does not know, or answers in a way that no client reads. */
const NOT_AT_MOTO = [
  'backup:ListProtectedResources',
  'backup:ListRecoveryPointsByBackupVault',
  'macie2:GetMacieSession',
  'ssm:ListResourceComplianceSummaries',
];

let moto: Moto;
let lines: SnapshotLine[];
let counts: CallCounts;

beforeAll(async () => {
  moto = await startMoto();
  await fill(moto.url);
  ({ lines, counts } = await collected(moto.url));
}, 90_000);

afterAll(() => moto.stop());

describe('what is collected of services', () => {
  it('is every call that there is an answer to', () => {
    const failed = lines.flatMap((line) => (line.kind === 'error' ? [line.call] : []));
    expect(failed.filter((call) => !NOT_AT_MOTO.includes(call))).toEqual([]);
  });

  it('has no secrets', () => {
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });

  it('is judged', async () => {
    async function* stream(): AsyncGenerator<SnapshotLine> {
      yield* lines;
    }
    const head = { ...HEAD, accountId: MOTO_ACCOUNT, regions: [REGION], places: [null, REGION] };
    const said: Record<string, string[]> = {};
    for await (const { checkId, verdict, resourceId, subKey } of evaluate(head, stream(), chosen())) {
      const name = String(resourceId).split(/[:/]/).at(-1);
      (said[checkId] ??= []).push([verdict, name, ...(subKey === '' ? [] : [subKey])].join(' '));
    }
    expect(said).toMatchObject({
      'apigw-rest-authorizer': [expect.stringMatching(/^fail /)],
      'apigw-stage-variable-secrets': ['fail live'],
      'autoscaling-lc-secrets': ['fail web'],
      'cfn-output-secrets': [expect.stringMatching(/^fail /)],
      'cloudfront-origin-missing-bucket': [expect.stringMatching(/^fail /)],
      'codebuild-env-secrets': ['fail shop'],
      'dynamodb-table-pitr': ['fail orders'],
      'ecs-service-public-ip': ['pass web'],
      // The newest revision, and the one that the service runs.
      'ecs-task-env-secrets': ['fail 1 app', 'pass 3 app'],
      'kinesis-encrypted': ['fail clicks'],
      'lambda-env-secrets': ['fail orders'],
      'lambda-public-policy': ['fail orders'],
      'lambda-url-unauthenticated': ['fail orders'],
      'route53-dangling-ip': [expect.stringMatching(/^fail \w+ www\.example\.com\. A$/)],
      'sfn-definition-secrets': ['fail orders'],
      'sns-subscription-http': [expect.stringMatching(/^fail /)],
      'sqs-queue-encrypted': ['fail jobs'],
      'ssm-document-secrets': ['fail install'],
      'wafv2-acl-has-rules': [expect.stringMatching(/^fail /)],
    });
  });

  it('is a list that several calls start from, once', () => {
    const named = (call: ItemLine['call']) =>
      lines.flatMap((line) => (line.kind === 'item' && line.call === call ? [line.item] : []));
    expect(named('api-gateway:GetRestApis')).toHaveLength(1);
    expect(named('api-gateway:GetStages')).toHaveLength(1);
    const times = (name: string) =>
      counts.list().find(({ service, operation }) => `${service}:${operation}` === name)?.calls;
    expect([times('api-gateway:GetRestApis'), times('ecs:ListClusters')]).toEqual([1, 1]);
  });
});

/** Packages of code lie at AWS itself. */
function chosen() {
  return allChecks.filter(({ id, service }) => SERVICES.has(service) && id !== 'lambda-code-secrets');
}

async function collected(endpoint: string) {
  const wanted = callsOf(chosen());
  const { signal } = new AbortController();
  const clients = openClients({
    access: { credentials: async () => KEYS, endpoint, profile: null },
    account: MOTO_ACCOUNT,
    allowed: sentBy(calls, wanted),
    limits: new SharedLimits(),
    signal,
    // What moto does not know it answers with an error of its own.
    maxAttempts: 1,
  });
  const found: SnapshotLine[] = [];
  const input = {
    table: calls,
    caller: { clients, region: REGION, regions: [REGION], accountId: MOTO_ACCOUNT, partition: 'aws' },
    signal,
    onService: () => undefined,
    onCredentialsFailure: (cause: unknown) => cause as Error,
  };
  for (const place of planCalls(calls, wanted, [REGION])) {
    for await (const line of collectPlace(input, place)) found.push(line);
  }
  clients.close();
  return { lines: found, counts: clients.counts };
}

/** Makes one of many things, with a secret wherever one can be. */
async function fill(endpoint: string): Promise<void> {
  const client = { endpoint, region: REGION, credentials: KEYS };
  const trust = JSON.stringify({
    Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  });
  const { Role } = await new IAMClient(client).send(
    new CreateRoleCommand({ RoleName: 'work', AssumeRolePolicyDocument: trust }),
  );
  const role = Role?.Arn ?? '';

  const lambda = new LambdaClient(client);
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'orders',
      Runtime: 'python3.8',
      Role: role,
      Handler: 'app.run',
      Code: { ZipFile: Buffer.from('PK') },
      Environment: { Variables: { DB_PASSWORD: SECRET } },
    }),
  );
  const open = { FunctionName: 'orders', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: '*' };
  await lambda.send(new AddPermissionCommand(open));
  await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: 'orders', AuthType: 'NONE' }));

  const ecs = new ECSClient(client);
  await ecs.send(new CreateClusterCommand({ clusterName: 'main' }));
  for (const value of [SECRET, SECRET, '${token}']) {
    const environment = [{ name: 'API_TOKEN', value }];
    const container = { name: 'app', image: 'nginx', memory: 128, environment };
    await ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions: [container] }));
  }
  await ecs.send(
    new CreateServiceCommand({
      cluster: 'main',
      serviceName: 'web',
      taskDefinition: 'web:1',
      desiredCount: 0,
    }),
  );

  await new CloudFrontClient(client).send(
    new CreateDistributionCommand({
      DistributionConfig: {
        CallerReference: 'a',
        Comment: '',
        Enabled: true,
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: 'assets',
              DomainName: 'a-bucket-that-is-gone.s3.amazonaws.com',
              S3OriginConfig: { OriginAccessIdentity: '' },
            },
          ],
        },
        DefaultCacheBehavior: {
          TargetOriginId: 'assets',
          ViewerProtocolPolicy: 'allow-all',
          MinTTL: 0,
          ForwardedValues: { QueryString: false, Cookies: { Forward: 'none' } },
        },
      },
    }),
  );

  const rest = new APIGatewayClient(client);
  const { id: restApiId } = await rest.send(new CreateRestApiCommand({ name: 'orders' }));
  const { items: [root] = [] } = await rest.send(new GetResourcesCommand({ restApiId }));
  const method = { restApiId, resourceId: root?.id, httpMethod: 'GET' };
  await rest.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await rest.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
  await rest.send(
    new CreateDeploymentCommand({ restApiId, stageName: 'live', variables: { apiToken: SECRET } }),
  );

  await new DynamoDBClient(client).send(
    new CreateTableCommand({
      TableName: 'orders',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );

  const sns = new SNSClient(client);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'orders' }));
  await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: `http://a.example/${SECRET}` }),
  );
  const Attributes = { SqsManagedSseEnabled: 'false' };
  await new SQSClient(client).send(new CreateQueueCommand({ QueueName: 'jobs', Attributes }));

  const script = `#!/bin/sh\nexport DB_PASSWORD=${SECRET}\n`;
  await new AutoScalingClient(client).send(
    new CreateLaunchConfigurationCommand({
      LaunchConfigurationName: 'web',
      ImageId: 'ami-12c6146b',
      InstanceType: 't2.micro',
      UserData: Buffer.from(script).toString('base64'),
    }),
  );
  await new SSMClient(client).send(
    new CreateDocumentCommand({
      Name: 'install',
      DocumentType: 'Command',
      Content: JSON.stringify({
        schemaVersion: '2.2',
        description: '',
        mainSteps: [
          { action: 'aws:runShellScript', name: 'run', inputs: { runCommand: script.split('\n') } },
        ],
      }),
    }),
  );
  await new SFNClient(client).send(
    new CreateStateMachineCommand({
      name: 'orders',
      roleArn: role,
      definition: JSON.stringify({
        StartAt: 'Load',
        States: { Load: { Type: 'Pass', Parameters: { password: SECRET }, End: true } },
      }),
    }),
  );
  await new CodeBuildClient(client).send(
    new CreateProjectCommand({
      name: 'shop',
      source: { type: 'S3', location: 'code/shop.zip' },
      artifacts: { type: 'NO_ARTIFACTS' },
      serviceRole: role,
      environment: {
        type: 'LINUX_CONTAINER',
        image: 'shop',
        computeType: 'BUILD_GENERAL1_SMALL',
        environmentVariables: [{ name: 'NPM_TOKEN', value: SECRET }],
      },
    }),
  );
  await new CloudFormationClient(client).send(
    new CreateStackCommand({
      StackName: 'shop',
      TemplateBody: JSON.stringify({
        Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
        Outputs: { DbPassword: { Value: SECRET } },
      }),
    }),
  );
  // Else its client speaks HTTP/2, which moto does not.
  const requestHandler = new NodeHttpHandler();
  await new KinesisClient({ ...client, requestHandler }).send(
    new CreateStreamCommand({ StreamName: 'clicks', ShardCount: 1 }),
  );
  await new WAFV2Client(client).send(
    new CreateWebACLCommand({
      Name: 'shop',
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: {
        SampledRequestsEnabled: false,
        CloudWatchMetricsEnabled: false,
        MetricName: 'shop',
      },
    }),
  );

  const route53 = new Route53Client(client);
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'a' }),
  );
  const record = { Name: 'www.example.com', Type: 'A' as const, TTL: 60 };
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: HostedZone?.Id,
      ChangeBatch: {
        Changes: [
          { Action: 'CREATE', ResourceRecordSet: { ...record, ResourceRecords: [{ Value: '3.8.0.1' }] } },
        ],
      },
    }),
  );
}
