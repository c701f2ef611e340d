/**
 * How ScoutSuite comes by its resources. A kind of resources is named by its service and its container, such as
 * `iam.users`. What these tables do not know is taken to concern the whole service.
 */

/** The version of ScoutSuite that this was read from. Of another one, it is only known which services its errors are of. */
export const KNOWN_VERSION = '5.14.0';

/** The functions of ScoutSuite and the operations of AWS that a kind is read with; some serve two kinds. */
export const FETCHED_BY: Readonly<Record<string, readonly string[]>> = {
  'cloudtrail.trails': ['get_trails', '_get_and_set_status', '_get_and_set_selectors'],
  'cloudwatch.alarms': ['get_alarms', 'DescribeAlarms'],
  'cloudwatch.metric_filters': ['get_metric_filters', 'DescribeMetricFilters'],
  'config.recorders': [
    'get_recorders',
    'DescribeConfigurationRecorders',
    'DescribeConfigurationRecorderStatus',
  ],
  'config.rules': ['get_rules', 'DescribeConfigRules'],
  'ec2.images': ['get_images', 'DescribeImages'],
  'ec2.instances': [
    'get_instances',
    'get_instance_user_data',
    'DescribeInstances',
    'DescribeInstanceAttribute',
  ],
  'ec2.network_interfaces': ['get_network_interfaces', 'DescribeNetworkInterfaces'],
  'ec2.regional_settings': [
    'get_ebs_encryption',
    'get_ebs_default_encryption_key',
    'GetEbsEncryptionByDefault',
    'GetEbsDefaultKmsKeyId',
  ],
  'ec2.security_groups': ['get_security_groups', 'DescribeSecurityGroups'],
  'ec2.snapshots': [
    'get_snapshots',
    '_get_and_set_snapshot_attributes',
    'DescribeSnapshots',
    'DescribeSnapshotAttribute',
  ],
  'ec2.volumes': ['get_volumes', '_get_and_set_key_manager', 'DescribeVolumes'],
  'elb.elb_policies': ['get_policies', '_get_policies', 'DescribeLoadBalancerPolicies'],
  'iam.credential_reports': [
    'get_credential_reports',
    'get_virtual_mfa_devices',
    'get_user_mfa_devices',
    '_user_has_hardware_mfa_devices',
    'GenerateCredentialReport',
    'GetCredentialReport',
    'ListVirtualMFADevices',
    'ListMFADevices',
  ],
  'iam.groups': [
    'get_groups',
    '_get_and_set_group_users',
    'ListGroups',
    'GetGroup',
    'ListGroupPolicies',
    'GetGroupPolicy',
  ],
  'iam.password_policy': ['get_password_policy', 'GetAccountPasswordPolicy'],
  'iam.policies': [
    'get_policies',
    '_get_and_set_policy_details',
    'ListPolicies',
    'GetPolicyVersion',
    'ListEntitiesForPolicy',
  ],
  'iam.roles': [
    'get_roles',
    '_get_and_set_role_tags',
    '_get_and_set_role_profiles',
    'ListRoles',
    'ListRoleTags',
    'ListInstanceProfilesForRole',
    'ListRolePolicies',
    'GetRolePolicy',
  ],
  'iam.users': [
    'get_users',
    'get_user_mfa_devices',
    '_get_and_set_user_access_keys',
    '_get_and_set_user_groups',
    '_get_and_set_user_login_profile',
    '_get_and_set_user_mfa_devices',
    '_get_and_set_user_tags',
    'ListUsers',
    'ListAccessKeys',
    'ListGroupsForUser',
    'GetLoginProfile',
    'ListMFADevices',
    'ListUserTags',
    'ListUserPolicies',
    'GetUserPolicy',
  ],
  'rds.instances': [
    'get_instances',
    '_get_and_set_instance_clusters',
    '_get_and_set_instance_tags',
    'DescribeDBInstances',
    'DescribeDBClusters',
    'ListTagsForResource',
  ],
  'rds.parameter_groups': [
    'get_parameter_groups',
    '_get_and_set_db_parameters',
    'DescribeDBParameterGroups',
    'DescribeDBParameters',
  ],
  'rds.security_groups': ['get_security_groups', 'DescribeDBSecurityGroups'],
  'rds.snapshots': [
    'get_snapshots',
    '_get_and_set_snapshot_attributes',
    '_get_and_set_cluster_snapshot_attributes',
    'DescribeDBSnapshots',
    'DescribeDBSnapshotAttributes',
    'DescribeDBClusterSnapshots',
    'DescribeDBClusterSnapshotAttributes',
  ],
  'rds.subnet_groups': ['get_subnet_groups', 'DescribeDBSubnetGroups'],
  'redshift.clusters': ['get_clusters', 'DescribeClusters'],
  'redshift.parameter_groups': [
    'get_cluster_parameter_groups',
    'get_cluster_parameters',
    'DescribeClusterParameterGroups',
    'DescribeClusterParameters',
  ],
  'redshift.security_groups': ['get_cluster_security_groups', 'DescribeClusterSecurityGroups'],
  'route53.domains': ['get_domains', 'ListDomains'],
  'route53.hosted_zones': [
    'get_hosted_zones',
    'get_resource_records',
    'ListHostedZones',
    'ListResourceRecordSets',
  ],
  'ses.policies': ['get_identity_policies', 'ListIdentityPolicies', 'GetIdentityPolicies'],
  'vpc.flow_logs': ['get_flow_logs', 'DescribeFlowLogs'],
  'vpc.network_acls': ['get_network_acls', 'DescribeNetworkAcls'],
  'vpc.peering_connections': ['get_peering_connections', 'DescribeVpcPeeringConnections'],
  'vpc.subnets': ['get_subnets', 'DescribeSubnets'],
};

/** Kinds that are read into the resources of another, whose checks look at both. */
export const READ_INTO: Readonly<Record<string, string>> = {
  'elbv2.listeners': 'elbv2.lbs',
  'kms.grants': 'kms.keys',
  'redshift.parameters': 'redshift.parameter_groups',
  'sns.subscriptions': 'sns.topics',
};

/** Services whose resources ScoutSuite sorts by VPC: without the list of VPCs they come out empty. */
export const SERVICES_BY_VPC = ['ec2', 'vpc', 'elasticache', 'elb', 'elbv2', 'emr', 'rds', 'redshift'];

/** Whatever has security groups, by which ScoutSuite knows which of them are in use. */
const USERS_OF_SECURITY_GROUPS = [
  'awslambda.functions',
  'codebuild.build_projects',
  'ec2.instances',
  'ec2.network_interfaces',
  'efs.file_systems',
  'elasticache.clusters',
  'elb.elbs',
  'elbv2.lbs',
  'emr.clusters',
  'rds.instances',
  'redshift.clusters',
  'vpc.subnets',
];

/** Policies get the form that rules expect while they are matched with these. */
const HOLDERS_OF_POLICIES = ['iam.groups', 'iam.roles', 'iam.users'];

/** Kinds that a check looks at beside those on the path of its items. */
export const ALSO_READS: Readonly<Record<string, readonly string[]>> = {
  'cloudformation-stack-with-role': ['iam.roles'],
  'cloudtrail-not-configured': ['cloudtrail.trails'],
  'config-recorder-not-configured': ['config.recorders'],
  'ec2-default-security-group-in-use': USERS_OF_SECURITY_GROUPS,
  'ec2-unused-security-group': USERS_OF_SECURITY_GROUPS,
  'iam-ec2-role-without-instances': ['ec2.instances'],
  'iam-lightspin-user-action-denied-for-group': HOLDERS_OF_POLICIES,
  'iam-managed-policy-allows-full-privileges': HOLDERS_OF_POLICIES,
  'iam-managed-policy-allows-iam-PassRole': HOLDERS_OF_POLICIES,
  'iam-managed-policy-allows-NotActions': HOLDERS_OF_POLICIES,
  'iam-managed-policy-allows-sts-AssumeRole': HOLDERS_OF_POLICIES,
  'vpc-subnet-with-allow-all-egress-acls': ['vpc.network_acls'],
  'vpc-subnet-with-allow-all-ingress-acls': ['vpc.network_acls'],
  'vpc-subnet-without-flow-log': ['vpc.flow_logs'],
};

/** Checks that look at all regions to tell about each. */
export const ACROSS_REGIONS: readonly string[] = [
  'cloudtrail-duplicated-global-services-logging',
  'cloudtrail-no-global-services-logging',
];
