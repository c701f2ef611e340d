import type { Check } from './catalogue.ts';
import { accountChecks } from './services/account/checks.ts';
import { apigatewayChecks } from './services/apigateway/checks.ts';
import { cloudfrontChecks } from './services/cloudfront/checks.ts';
import { cloudtrailChecks } from './services/cloudtrail/checks.ts';
import { cloudwatchChecks } from './services/cloudwatch/checks.ts';
import { configChecks } from './services/config/checks.ts';
import { dynamodbChecks } from './services/dynamodb/checks.ts';
import { ec2Checks } from './services/ec2/checks.ts';
import { ecsChecks } from './services/ecs/checks.ts';
import { guarddutyChecks } from './services/guardduty/checks.ts';
import { iamChecks } from './services/iam/checks.ts';
import { kmsChecks } from './services/kms/checks.ts';
import { lambdaChecks } from './services/lambda/checks.ts';
import { opensearchChecks } from './services/opensearch/checks.ts';
import { rdsChecks } from './services/rds/checks.ts';
import { s3Checks } from './services/s3/checks.ts';
import { secretsmanagerChecks } from './services/secretsmanager/checks.ts';
import { vpcChecks } from './services/vpc/checks.ts';

/** Every check there is. */
export const allChecks: readonly Check[] = [
  ...accountChecks,
  ...apigatewayChecks,
  ...cloudfrontChecks,
  ...cloudtrailChecks,
  ...cloudwatchChecks,
  ...configChecks,
  ...dynamodbChecks,
  ...ec2Checks,
  ...ecsChecks,
  ...guarddutyChecks,
  ...iamChecks,
  ...kmsChecks,
  ...lambdaChecks,
  ...opensearchChecks,
  ...rdsChecks,
  ...s3Checks,
  ...secretsmanagerChecks,
  ...vpcChecks,
];
