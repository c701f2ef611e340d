import { accountCases } from './account.ts';
import { apigatewayCases } from './apigateway.ts';
import type { Cases } from './case.ts';
import { cloudfrontCases } from './cloudfront.ts';
import { cloudtrailCases } from './cloudtrail.ts';
import { dynamodbCases } from './dynamodb.ts';
import { ec2Cases } from './ec2.ts';
import { ecrCases } from './ecr.ts';
import { ecsCases } from './ecs.ts';
import { efsCases } from './efs.ts';
import { eksCases } from './eks.ts';
import { elbCases } from './elb.ts';
import { iamCases } from './iam.ts';
import { kmsCases } from './kms.ts';
import { lambdaCases } from './lambda.ts';
import { opensearchCases } from './opensearch.ts';
import { rdsCases } from './rds.ts';
import { redshiftCases } from './redshift.ts';
import { s3Cases } from './s3.ts';
import { vpcCases } from './vpc.ts';

/** The cases of every check. */
export const allCases: Cases = {
  ...accountCases,
  ...apigatewayCases,
  ...cloudfrontCases,
  ...cloudtrailCases,
  ...dynamodbCases,
  ...ec2Cases,
  ...ecsCases,
  ...ecrCases,
  ...efsCases,
  ...eksCases,
  ...elbCases,
  ...iamCases,
  ...kmsCases,
  ...lambdaCases,
  ...opensearchCases,
  ...rdsCases,
  ...redshiftCases,
  ...s3Cases,
  ...vpcCases,
};
