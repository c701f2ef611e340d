import { accountCases } from './account.ts';
import { acmCases } from './acm.ts';
import { apigatewayCases } from './apigateway.ts';
import { athenaCases } from './athena.ts';
import { autoscalingCases } from './autoscaling.ts';
import { backupCases } from './backup.ts';
import type { Cases } from './case.ts';
import { cloudformationCases } from './cloudformation.ts';
import { cloudfrontCases } from './cloudfront.ts';
import { cloudtrailCases } from './cloudtrail.ts';
import { cloudwatchCases } from './cloudwatch.ts';
import { codebuildCases } from './codebuild.ts';
import { cognitoCases } from './cognito.ts';
import { configCases } from './config.ts';
import { dmsCases } from './dms.ts';
import { dynamodbCases } from './dynamodb.ts';
import { ec2Cases } from './ec2.ts';
import { ecrCases } from './ecr.ts';
import { ecsCases } from './ecs.ts';
import { efsCases } from './efs.ts';
import { eksCases } from './eks.ts';
import { elasticacheCases } from './elasticache.ts';
import { elbCases } from './elb.ts';
import { eventbridgeCases } from './eventbridge.ts';
import { glueCases } from './glue.ts';
import { guarddutyCases } from './guardduty.ts';
import { iamCases } from './iam.ts';
import { inspectorCases } from './inspector.ts';
import { kinesisCases } from './kinesis.ts';
import { kmsCases } from './kms.ts';
import { lambdaCases } from './lambda.ts';
import { macieCases } from './macie.ts';
import { opensearchCases } from './opensearch.ts';
import { rdsCases } from './rds.ts';
import { redshiftCases } from './redshift.ts';
import { route53Cases } from './route53.ts';
import { s3Cases } from './s3.ts';
import { sagemakerCases } from './sagemaker.ts';
import { secretsmanagerCases } from './secretsmanager.ts';
import { securityhubCases } from './securityhub.ts';
import { sesCases } from './ses.ts';
import { snsCases } from './sns.ts';
import { sqsCases } from './sqs.ts';
import { ssmCases } from './ssm.ts';
import { stepfunctionsCases } from './stepfunctions.ts';
import { vpcCases } from './vpc.ts';
import { wafv2Cases } from './wafv2.ts';

/** The cases of every check. */
export const allCases: Cases = {
  ...accountCases,
  ...acmCases,
  ...apigatewayCases,
  ...athenaCases,
  ...autoscalingCases,
  ...backupCases,
  ...cloudformationCases,
  ...cloudfrontCases,
  ...cloudtrailCases,
  ...cloudwatchCases,
  ...codebuildCases,
  ...cognitoCases,
  ...configCases,
  ...dmsCases,
  ...dynamodbCases,
  ...ec2Cases,
  ...ecrCases,
  ...ecsCases,
  ...efsCases,
  ...eksCases,
  ...elasticacheCases,
  ...elbCases,
  ...eventbridgeCases,
  ...glueCases,
  ...guarddutyCases,
  ...iamCases,
  ...inspectorCases,
  ...kinesisCases,
  ...kmsCases,
  ...lambdaCases,
  ...macieCases,
  ...opensearchCases,
  ...rdsCases,
  ...redshiftCases,
  ...route53Cases,
  ...s3Cases,
  ...sagemakerCases,
  ...secretsmanagerCases,
  ...securityhubCases,
  ...sesCases,
  ...snsCases,
  ...sqsCases,
  ...ssmCases,
  ...stepfunctionsCases,
  ...vpcCases,
  ...wafv2Cases,
};
