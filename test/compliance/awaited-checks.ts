/** Checks that frameworks speak of and that are not there yet. Once they are, this file goes, and nothing may be awaited. */
export const awaitedChecks: ReadonlySet<string> = new Set(
  `
    access-analyzer-enabled access-analyzer-findings-open acm-cert-expiring acm-cert-transparency
    acm-cert-weak-key athena-workgroup-encrypted athena-workgroup-enforced autoscaling-lc-imdsv2
    autoscaling-lc-public-ip autoscaling-lc-secrets autoscaling-multi-az backup-plan-exists
    backup-recovery-point-encrypted backup-vault-encrypted cfn-output-secrets cfn-termination-protection
    cloudtrail-bucket-log cloudtrail-bucket-mfa-delete cloudtrail-cloudwatch cloudtrail-insights
    cloudtrail-lambda-events cloudtrail-s3-read-events cloudtrail-s3-write-events codebuild-env-secrets
    codebuild-logging codebuild-privileged cognito-identity-guest cognito-pool-deletion-protection
    cognito-pool-mfa cognito-pool-password config-delivery-channel config-recorder-on
    config-recorder-service-role cw-alarm-auth-failure cw-alarm-bucket-policy-change cw-alarm-cloudtrail-change
    cw-alarm-config-change cw-alarm-console-no-mfa cw-alarm-gateway-change cw-alarm-iam-change
    cw-alarm-key-deletion cw-alarm-nacl-change cw-alarm-no-action cw-alarm-org-change cw-alarm-root-use
    cw-alarm-route-change cw-alarm-sg-change cw-alarm-unauthorized-api cw-alarm-vpc-change cw-log-group-kms
    cw-log-group-public cw-log-group-retention cw-log-group-secrets dms-instance-public
    elasticache-public-subnet elasticache-redis-at-rest elasticache-redis-auth elasticache-redis-backup
    elasticache-redis-failover elasticache-redis-in-transit events-bus-exposed glue-catalog-encrypted
    glue-job-security-config guardduty-central guardduty-eks-audit guardduty-lambda guardduty-malware
    guardduty-on guardduty-open-findings guardduty-rds guardduty-runtime guardduty-s3 inspector-on
    inspector-open-findings kinesis-encrypted kinesis-retention kms-key-multi-region kms-key-pending-deletion
    kms-key-unused macie-auto-discovery macie-on route53-dangling-ip route53-query-logging
    sagemaker-notebook-internet sagemaker-notebook-kms sagemaker-notebook-root secret-policy-narrow
    secret-public secret-rotated-recently secret-rotation secret-rotation-failing secret-unused securityhub-on
    ses-identity-public sfn-definition-secrets sfn-logging sns-subscription-http sns-topic-encrypted
    sns-topic-public sqs-queue-encrypted sqs-queue-public ssm-document-public ssm-document-secrets
    ssm-parameter-plain-secret ssm-patch-compliance wafv2-acl-has-rules wafv2-acl-logging
`
    .trim()
    .split(/\s+/),
);
