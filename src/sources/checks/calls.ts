import type { CallTable, DetailCall, ListCall } from '../../collect/call.ts';
import { accountCalls } from './services/account/collect.ts';
import { acmCalls } from './services/acm/collect.ts';
import { apigatewayCalls } from './services/apigateway/collect.ts';
import { athenaCalls } from './services/athena/collect.ts';
import { autoscalingCalls } from './services/autoscaling/collect.ts';
import { backupCalls } from './services/backup/collect.ts';
import { cloudformationCalls } from './services/cloudformation/collect.ts';
import { cloudfrontCalls } from './services/cloudfront/collect.ts';
import { cloudtrailCalls } from './services/cloudtrail/collect.ts';
import { cloudwatchCalls } from './services/cloudwatch/collect.ts';
import { codebuildCalls } from './services/codebuild/collect.ts';
import { cognitoCalls } from './services/cognito/collect.ts';
import { configCalls } from './services/config/collect.ts';
import { dmsCalls } from './services/dms/collect.ts';
import { dynamodbCalls } from './services/dynamodb/collect.ts';
import { ec2Calls } from './services/ec2/collect.ts';
import { ecrCalls } from './services/ecr/collect.ts';
import { ecsCalls } from './services/ecs/collect.ts';
import { efsCalls } from './services/efs/collect.ts';
import { eksCalls } from './services/eks/collect.ts';
import { elasticacheCalls } from './services/elasticache/collect.ts';
import { elbCalls } from './services/elb/collect.ts';
import { eventbridgeCalls } from './services/eventbridge/collect.ts';
import { glueCalls } from './services/glue/collect.ts';
import { guarddutyCalls } from './services/guardduty/collect.ts';
import { iamCalls } from './services/iam/collect.ts';
import { inspectorCalls } from './services/inspector/collect.ts';
import { kinesisCalls } from './services/kinesis/collect.ts';
import { kmsCalls } from './services/kms/collect.ts';
import { lambdaCalls } from './services/lambda/collect.ts';
import { macieCalls } from './services/macie/collect.ts';
import { opensearchCalls } from './services/opensearch/collect.ts';
import { rdsCalls } from './services/rds/collect.ts';
import { redshiftCalls } from './services/redshift/collect.ts';
import { route53Calls } from './services/route53/collect.ts';
import { s3Calls } from './services/s3/collect.ts';
import { sagemakerCalls } from './services/sagemaker/collect.ts';
import { secretsmanagerCalls } from './services/secretsmanager/collect.ts';
import { securityhubCalls } from './services/securityhub/collect.ts';
import { sesCalls } from './services/ses/collect.ts';
import { snsCalls } from './services/sns/collect.ts';
import { sqsCalls } from './services/sqs/collect.ts';
import { ssmCalls } from './services/ssm/collect.ts';
import { stepfunctionsCalls } from './services/stepfunctions/collect.ts';
import { vpcCalls } from './services/vpc/collect.ts';
import { wafv2Calls } from './services/wafv2/collect.ts';

/** Every call that checks can ask for. */
export const calls = {
  ...accountCalls,
  ...acmCalls,
  ...apigatewayCalls,
  ...athenaCalls,
  ...autoscalingCalls,
  ...backupCalls,
  ...cloudformationCalls,
  ...cloudfrontCalls,
  ...cloudtrailCalls,
  ...cloudwatchCalls,
  ...codebuildCalls,
  ...cognitoCalls,
  ...configCalls,
  ...dmsCalls,
  ...dynamodbCalls,
  ...ec2Calls,
  ...ecrCalls,
  ...ecsCalls,
  ...efsCalls,
  ...eksCalls,
  ...elasticacheCalls,
  ...elbCalls,
  ...eventbridgeCalls,
  ...glueCalls,
  ...guarddutyCalls,
  ...iamCalls,
  ...inspectorCalls,
  ...kinesisCalls,
  ...kmsCalls,
  ...lambdaCalls,
  ...macieCalls,
  ...opensearchCalls,
  ...rdsCalls,
  ...redshiftCalls,
  ...route53Calls,
  ...s3Calls,
  ...sagemakerCalls,
  ...secretsmanagerCalls,
  ...securityhubCalls,
  ...sesCalls,
  ...snsCalls,
  ...sqsCalls,
  ...ssmCalls,
  ...stepfunctionsCalls,
  ...vpcCalls,
  ...wafv2Calls,
} satisfies CallTable;

type Calls = typeof calls;
export type CallName = keyof Calls;
export type ListName = { [Name in CallName]: Calls[Name] extends ListCall<infer _> ? Name : never }[CallName];
export type DetailName = Exclude<CallName, ListName>;
/** What a list call lists. */
export type ItemOf<Name extends ListName> = Calls[Name] extends ListCall<infer Item> ? Item : never;
/** What a detail call answers. */
export type AnswerOf<Name extends DetailName> =
  Calls[Name] extends DetailCall<infer _, infer Answer> ? Answer : never;
