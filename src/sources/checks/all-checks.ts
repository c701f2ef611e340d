import type { Check } from './catalogue.ts';
import { accountChecks } from './services/account/checks.ts';
import { apigatewayChecks } from './services/apigateway/checks.ts';
import { cloudfrontChecks } from './services/cloudfront/checks.ts';
import { cloudtrailChecks } from './services/cloudtrail/checks.ts';
import { dynamodbChecks } from './services/dynamodb/checks.ts';
import { ec2Checks } from './services/ec2/checks.ts';
import { ecrChecks } from './services/ecr/checks.ts';
import { ecsChecks } from './services/ecs/checks.ts';
import { efsChecks } from './services/efs/checks.ts';
import { eksChecks } from './services/eks/checks.ts';
import { elbChecks } from './services/elb/checks.ts';
import { iamChecks } from './services/iam/checks.ts';
import { kmsChecks } from './services/kms/checks.ts';
import { lambdaChecks } from './services/lambda/checks.ts';
import { opensearchChecks } from './services/opensearch/checks.ts';
import { rdsChecks } from './services/rds/checks.ts';
import { redshiftChecks } from './services/redshift/checks.ts';
import { s3Checks } from './services/s3/checks.ts';
import { vpcChecks } from './services/vpc/checks.ts';

/** Every check there is. */
export const allChecks: readonly Check[] = [
  ...accountChecks,
  ...apigatewayChecks,
  ...cloudfrontChecks,
  ...cloudtrailChecks,
  ...dynamodbChecks,
  ...ec2Checks,
  ...ecsChecks,
  ...ecrChecks,
  ...efsChecks,
  ...eksChecks,
  ...elbChecks,
  ...iamChecks,
  ...kmsChecks,
  ...lambdaChecks,
  ...opensearchChecks,
  ...rdsChecks,
  ...redshiftChecks,
  ...s3Checks,
  ...vpcChecks,
];
