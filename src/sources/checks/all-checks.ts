import type { Check } from './catalogue.ts';
import { accountChecks } from './services/account/checks.ts';
import { acmChecks } from './services/acm/checks.ts';
import { apigatewayChecks } from './services/apigateway/checks.ts';
import { athenaChecks } from './services/athena/checks.ts';
import { autoscalingChecks } from './services/autoscaling/checks.ts';
import { backupChecks } from './services/backup/checks.ts';
import { cloudformationChecks } from './services/cloudformation/checks.ts';
import { cloudfrontChecks } from './services/cloudfront/checks.ts';
import { cloudtrailChecks } from './services/cloudtrail/checks.ts';
import { cloudwatchChecks } from './services/cloudwatch/checks.ts';
import { codebuildChecks } from './services/codebuild/checks.ts';
import { cognitoChecks } from './services/cognito/checks.ts';
import { configChecks } from './services/config/checks.ts';
import { dmsChecks } from './services/dms/checks.ts';
import { dynamodbChecks } from './services/dynamodb/checks.ts';
import { ec2Checks } from './services/ec2/checks.ts';
import { ecrChecks } from './services/ecr/checks.ts';
import { ecsChecks } from './services/ecs/checks.ts';
import { efsChecks } from './services/efs/checks.ts';
import { eksChecks } from './services/eks/checks.ts';
import { elasticacheChecks } from './services/elasticache/checks.ts';
import { elbChecks } from './services/elb/checks.ts';
import { eventbridgeChecks } from './services/eventbridge/checks.ts';
import { glueChecks } from './services/glue/checks.ts';
import { guarddutyChecks } from './services/guardduty/checks.ts';
import { iamChecks } from './services/iam/checks.ts';
import { inspectorChecks } from './services/inspector/checks.ts';
import { kinesisChecks } from './services/kinesis/checks.ts';
import { kmsChecks } from './services/kms/checks.ts';
import { lambdaChecks } from './services/lambda/checks.ts';
import { macieChecks } from './services/macie/checks.ts';
import { opensearchChecks } from './services/opensearch/checks.ts';
import { rdsChecks } from './services/rds/checks.ts';
import { redshiftChecks } from './services/redshift/checks.ts';
import { route53Checks } from './services/route53/checks.ts';
import { s3Checks } from './services/s3/checks.ts';
import { sagemakerChecks } from './services/sagemaker/checks.ts';
import { secretsmanagerChecks } from './services/secretsmanager/checks.ts';
import { securityhubChecks } from './services/securityhub/checks.ts';
import { sesChecks } from './services/ses/checks.ts';
import { snsChecks } from './services/sns/checks.ts';
import { sqsChecks } from './services/sqs/checks.ts';
import { ssmChecks } from './services/ssm/checks.ts';
import { stepfunctionsChecks } from './services/stepfunctions/checks.ts';
import { vpcChecks } from './services/vpc/checks.ts';
import { wafv2Checks } from './services/wafv2/checks.ts';

/** Every check there is. */
export const allChecks: readonly Check[] = [
  ...accountChecks,
  ...acmChecks,
  ...apigatewayChecks,
  ...athenaChecks,
  ...autoscalingChecks,
  ...backupChecks,
  ...cloudformationChecks,
  ...cloudfrontChecks,
  ...cloudtrailChecks,
  ...cloudwatchChecks,
  ...codebuildChecks,
  ...cognitoChecks,
  ...configChecks,
  ...dmsChecks,
  ...dynamodbChecks,
  ...ec2Checks,
  ...ecrChecks,
  ...ecsChecks,
  ...efsChecks,
  ...eksChecks,
  ...elasticacheChecks,
  ...elbChecks,
  ...eventbridgeChecks,
  ...glueChecks,
  ...guarddutyChecks,
  ...iamChecks,
  ...inspectorChecks,
  ...kinesisChecks,
  ...kmsChecks,
  ...lambdaChecks,
  ...macieChecks,
  ...opensearchChecks,
  ...rdsChecks,
  ...redshiftChecks,
  ...route53Checks,
  ...s3Checks,
  ...sagemakerChecks,
  ...secretsmanagerChecks,
  ...securityhubChecks,
  ...sesChecks,
  ...snsChecks,
  ...sqsChecks,
  ...ssmChecks,
  ...stepfunctionsChecks,
  ...vpcChecks,
  ...wafv2Checks,
];
