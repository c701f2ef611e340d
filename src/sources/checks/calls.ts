import type { CallTable, DetailCall, ListCall } from '../../collect/call.ts';
import { accountCalls } from './services/account/collect.ts';
import { acmCalls } from './services/acm/collect.ts';
import { apigatewayCalls } from './services/apigateway/collect.ts';
import { backupCalls } from './services/backup/collect.ts';
import { cloudfrontCalls } from './services/cloudfront/collect.ts';
import { cloudtrailCalls } from './services/cloudtrail/collect.ts';
import { dynamodbCalls } from './services/dynamodb/collect.ts';
import { ec2Calls } from './services/ec2/collect.ts';
import { ecrCalls } from './services/ecr/collect.ts';
import { ecsCalls } from './services/ecs/collect.ts';
import { efsCalls } from './services/efs/collect.ts';
import { eksCalls } from './services/eks/collect.ts';
import { elbCalls } from './services/elb/collect.ts';
import { iamCalls } from './services/iam/collect.ts';
import { kmsCalls } from './services/kms/collect.ts';
import { lambdaCalls } from './services/lambda/collect.ts';
import { opensearchCalls } from './services/opensearch/collect.ts';
import { rdsCalls } from './services/rds/collect.ts';
import { redshiftCalls } from './services/redshift/collect.ts';
import { s3Calls } from './services/s3/collect.ts';
import { ssmCalls } from './services/ssm/collect.ts';
import { vpcCalls } from './services/vpc/collect.ts';
import { wafv2Calls } from './services/wafv2/collect.ts';

/** Every call that checks can ask for. */
export const calls = {
  ...accountCalls,
  ...acmCalls,
  ...apigatewayCalls,
  ...backupCalls,
  ...cloudfrontCalls,
  ...cloudtrailCalls,
  ...dynamodbCalls,
  ...ec2Calls,
  ...ecsCalls,
  ...ecrCalls,
  ...efsCalls,
  ...eksCalls,
  ...elbCalls,
  ...iamCalls,
  ...kmsCalls,
  ...lambdaCalls,
  ...opensearchCalls,
  ...rdsCalls,
  ...redshiftCalls,
  ...s3Calls,
  ...ssmCalls,
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
