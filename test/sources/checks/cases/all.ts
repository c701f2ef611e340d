import { accountCases } from './account.ts';
import { apigatewayCases } from './apigateway.ts';
import type { Cases } from './case.ts';
import { cloudfrontCases } from './cloudfront.ts';
import { cloudtrailCases } from './cloudtrail.ts';
import { cloudwatchCases } from './cloudwatch.ts';
import { configCases } from './config.ts';
import { dynamodbCases } from './dynamodb.ts';
import { ec2Cases } from './ec2.ts';
import { ecsCases } from './ecs.ts';
import { guarddutyCases } from './guardduty.ts';
import { iamCases } from './iam.ts';
import { kmsCases } from './kms.ts';
import { lambdaCases } from './lambda.ts';
import { opensearchCases } from './opensearch.ts';
import { rdsCases } from './rds.ts';
import { s3Cases } from './s3.ts';
import { secretsmanagerCases } from './secretsmanager.ts';
import { vpcCases } from './vpc.ts';

/** The cases of every check. */
export const allCases: Cases = {
  ...accountCases,
  ...apigatewayCases,
  ...cloudfrontCases,
  ...cloudtrailCases,
  ...cloudwatchCases,
  ...configCases,
  ...dynamodbCases,
  ...ec2Cases,
  ...ecsCases,
  ...guarddutyCases,
  ...iamCases,
  ...kmsCases,
  ...lambdaCases,
  ...opensearchCases,
  ...rdsCases,
  ...s3Cases,
  ...secretsmanagerCases,
  ...vpcCases,
};
