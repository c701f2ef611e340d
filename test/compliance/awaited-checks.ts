/** Checks that frameworks speak of and that are not there yet. Once they are, this file goes, and nothing may be awaited. */
export const awaitedChecks: ReadonlySet<string> = new Set(
  `
    access-analyzer-enabled access-analyzer-findings-open account-contact-current account-contacts-distinct
    account-in-organization acm-cert-expiring acm-cert-transparency acm-cert-weak-key apigw-http-access-log
    apigw-http-authorizer apigw-rest-authorizer apigw-rest-cache-encrypted apigw-rest-client-cert
    apigw-rest-logging apigw-rest-public apigw-rest-tracing apigw-rest-waf apigw-stage-variable-secrets
    athena-workgroup-encrypted athena-workgroup-enforced autoscaling-lc-imdsv2 autoscaling-lc-public-ip
    autoscaling-lc-secrets autoscaling-multi-az backup-plan-exists backup-recovery-point-encrypted
    backup-vault-encrypted cfn-output-secrets cfn-termination-protection cloudfront-custom-cert
    cloudfront-default-root cloudfront-geo-restriction cloudfront-https-origin cloudfront-https-viewer
    cloudfront-logging cloudfront-old-tls cloudfront-origin-access-control cloudfront-origin-missing-bucket
    cloudfront-sni cloudfront-waf cloudtrail-bucket-log cloudtrail-bucket-mfa-delete cloudtrail-cloudwatch
    cloudtrail-insights cloudtrail-lambda-events cloudtrail-s3-read-events cloudtrail-s3-write-events
    codebuild-env-secrets codebuild-logging codebuild-privileged cognito-identity-guest
    cognito-pool-deletion-protection cognito-pool-mfa cognito-pool-password config-delivery-channel
    config-recorder-on config-recorder-service-role cw-alarm-auth-failure cw-alarm-bucket-policy-change
    cw-alarm-cloudtrail-change cw-alarm-config-change cw-alarm-console-no-mfa cw-alarm-gateway-change
    cw-alarm-iam-change cw-alarm-key-deletion cw-alarm-nacl-change cw-alarm-no-action cw-alarm-org-change
    cw-alarm-root-use cw-alarm-route-change cw-alarm-sg-change cw-alarm-unauthorized-api cw-alarm-vpc-change
    cw-log-group-kms cw-log-group-public cw-log-group-retention cw-log-group-secrets dms-instance-public
    dynamodb-dax-encrypted dynamodb-dax-tls dynamodb-table-autoscaling dynamodb-table-backup-plan
    dynamodb-table-cross-account dynamodb-table-deletion-protection dynamodb-table-kms dynamodb-table-pitr
    ec2-account-imdsv2-default ec2-ami-block-public ec2-ami-outdated ec2-client-vpn-logging
    ec2-ebs-snapshot-block-public ec2-ebs-snapshot-encrypted ec2-ebs-volume-backup-plan
    ec2-ebs-volume-has-snapshot ec2-ebs-volume-unattached ec2-eip-unused ec2-instance-monitoring
    ec2-instance-multi-eni ec2-instance-old ec2-instance-paravirtual ec2-instance-profile
    ec2-instance-public-with-profile ec2-instance-ssm-managed ec2-instance-stopped-long
    ec2-instance-user-data-secrets ec2-launch-template-imdsv2 ec2-launch-template-public-ip
    ec2-launch-template-secrets ec2-sg-launch-wizard ec2-sg-open-any-port ec2-sg-open-cassandra ec2-sg-open-ftp
    ec2-sg-open-icmp ec2-sg-open-kafka ec2-sg-open-memcached ec2-sg-open-mongodb ec2-sg-open-mssql
    ec2-sg-open-mysql ec2-sg-open-oracle ec2-sg-open-postgres ec2-sg-open-redis ec2-sg-open-search
    ec2-sg-open-telnet ec2-sg-too-many-rules ec2-sg-unused ec2-sg-wide-public-range ec2-tgw-auto-accept
    ecr-image-vulnerabilities ecr-repo-immutable-tags ecr-repo-kms ecr-repo-lifecycle ecr-repo-public
    ecr-repo-scan ecs-cluster-insights ecs-service-exec-enabled ecs-service-platform-version
    ecs-service-public-ip ecs-task-env-secrets ecs-task-host-namespace ecs-task-host-network-user
    ecs-task-logging ecs-task-privileged ecs-task-readonly-root efs-access-point-root efs-access-point-user
    efs-backup efs-encrypted efs-mount-target-public efs-multi-az efs-policy-open eks-control-plane-logs
    eks-deletion-protection eks-endpoint-public eks-network-policy eks-private-nodes eks-secrets-encrypted
    eks-version-supported elasticache-public-subnet elasticache-redis-at-rest elasticache-redis-auth
    elasticache-redis-backup elasticache-redis-failover elasticache-redis-in-transit elb-access-logs
    elb-classic-access-logs elb-classic-acm-cert elb-classic-tls elb-classic-tls-policy elb-deletion-protection
    elb-desync-mode elb-drop-invalid-headers elb-internet-facing elb-listener-tls elb-multi-az
    elb-tls-policy-weak elb-waf-attached events-bus-exposed glue-catalog-encrypted glue-job-security-config
    guardduty-central guardduty-eks-audit guardduty-lambda guardduty-malware guardduty-on
    guardduty-open-findings guardduty-rds guardduty-runtime guardduty-s3 iam-access-key-unused
    iam-aws-admin-policy-attached iam-cloudshell-full-access iam-console-password-unused iam-federation-present
    iam-group-admin-without-mfa iam-group-administrator iam-group-empty iam-inline-privilege-escalation
    iam-oidc-trust-unrestricted iam-password-expiry iam-policy-assume-any-role iam-policy-cloudtrail-wildcard
    iam-policy-kms-wildcard iam-policy-notaction iam-policy-privilege-escalation iam-policy-service-wildcard
    iam-role-administrator iam-role-confused-deputy iam-role-cross-account-external-id
    iam-role-cross-account-readonly iam-role-unused iam-root-central-management iam-root-hardware-mfa
    iam-root-signing-certs iam-security-audit-role iam-server-cert-expired iam-support-role
    iam-user-direct-policies iam-user-hardware-mfa iam-user-initial-access-key iam-user-static-keys-for-humans
    iam-user-two-active-keys inspector-on inspector-open-findings kinesis-encrypted kinesis-retention
    kms-key-multi-region kms-key-pending-deletion kms-key-unused lambda-admin-role lambda-code-secrets
    lambda-dlq lambda-env-cmk lambda-env-secrets lambda-foreign-layer lambda-in-vpc lambda-multi-az
    lambda-public-policy lambda-runtime-deprecated lambda-shared-role lambda-tracing lambda-url-cors-any
    lambda-url-unauthenticated macie-auto-discovery macie-on opensearch-domain-audit-log
    opensearch-domain-encrypted opensearch-domain-error-log opensearch-domain-fine-access
    opensearch-domain-https opensearch-domain-node-tls opensearch-domain-public opensearch-domain-software
    org-ai-opt-out org-delegated-admins org-scp-region-deny rds-cluster-deletion-protection rds-cluster-iam-auth
    rds-cluster-minor-upgrades rds-cluster-multi-az rds-event-subscription-critical rds-instance-backup-plan
    rds-instance-ca-expiry rds-instance-copy-tags rds-instance-default-admin rds-instance-default-port
    rds-instance-deletion-protection rds-instance-engine-deprecated rds-instance-enhanced-monitoring
    rds-instance-extended-support rds-instance-iam-auth rds-instance-in-vpc rds-instance-log-export
    rds-instance-minor-upgrades rds-instance-multi-az rds-instance-tls-forced rds-snapshot-encrypted
    redshift-cluster-audit-log redshift-cluster-default-admin redshift-cluster-encrypted redshift-cluster-public
    redshift-cluster-snapshots redshift-cluster-tls redshift-cluster-upgrades redshift-cluster-vpc-routing
    route53-dangling-ip route53-query-logging s3-access-point-public-block s3-bucket-access-log
    s3-bucket-acls-off s3-bucket-cross-account s3-bucket-event-notifications s3-bucket-kms-encryption
    s3-bucket-lifecycle s3-bucket-mfa-delete s3-bucket-object-lock s3-bucket-replication s3-bucket-versioning
    s3-multi-region-point-public-block s3-website-hosting sagemaker-notebook-internet sagemaker-notebook-kms
    sagemaker-notebook-root secret-policy-narrow secret-public secret-rotated-recently secret-rotation
    secret-rotation-failing secret-unused securityhub-on ses-identity-public sfn-definition-secrets sfn-logging
    sns-subscription-http sns-topic-encrypted sns-topic-public sqs-queue-encrypted sqs-queue-public
    ssm-document-public ssm-document-secrets ssm-parameter-plain-secret ssm-patch-compliance
    vpc-block-public-access vpc-default-vpc-in-use vpc-ec2-endpoint-present vpc-endpoint-policy-open
    vpc-endpoint-service-principals vpc-nacl-open-any vpc-nacl-unused vpc-peering-wide-routes
    vpc-subnet-auto-public-ip vpc-subnet-multi-az vpc-subnet-private-public-split vpc-vpn-tunnels-up
    wafv2-acl-has-rules wafv2-acl-logging
`
    .trim()
    .split(/\s+/),
);
