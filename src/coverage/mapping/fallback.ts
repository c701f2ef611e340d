import { isRead } from './event-name.ts';

/** What an event that no rule set knows is most likely a sign of, and why it is thought so. */
export interface Guess {
  id: string;
  score: number;
  because: string;
}

interface Rule {
  /** Of the event source or Google's service; any where it is left out. */
  source?: RegExp;
  name: RegExp;
  because: string;
  /** Best first. */
  techniques: readonly (readonly [id: string, score: number])[];
}

const IDENTITY = /^(?:iam|sts|sso|sso-directory|identitystore|rolesanywhere|cognito-\w+|iamcredentials)\./;
const LOGGING = /^(?:cloudtrail|logs|config|monitoring|logging|observability|oam)\./;
const SECURITY =
  /^(?:guardduty|securityhub|inspector2?|macie2?|detective|access-analyzer|wafv2|waf|waf-regional|shield|fms|securitycenter|security-ir|network-firewall)\./;
const COMPUTE =
  /^(?:ec2|lightsail|ecs|eks|batch|sagemaker|autoscaling|compute|container|notebooks|workspaces)\./;
const SERVERLESS = /^(?:lambda|states|apprunner|run|cloudfunctions|appsync|codebuild|glue|amplify)\./;
const STORES =
  /^(?:s3|s3express|elasticfilesystem|fsx|rds|dynamodb|redshift|redshift-serverless|elasticache|memorydb|docdb|ecr|backup|kinesis|es|aoss|timestream|neptune|storage|bigquery|cloudsql|sqladmin|spanner|firestore|bigtable|redis|file|artifactregistry)\./;
const MAIL = /^(?:ses|sesv2|email|pinpoint|sms-voice|sns|social-messaging)\./;
const MODELS = /^(?:bedrock|bedrock-\w+|aiplatform|ml)\./;

/** All that match count; of a technique the highest score. The broader a rule, the less it is sure. */
const RULES: readonly Rule[] = [
  // Who may come in, and what they may do.
  {
    name: /^(?:Create|Add|Invite|Register).*(?:User|Account|Member)s?$/,
    because: 'creates an identity',
    techniques: [
      ['T1136.003', 0.55],
      ['T1098', 0.3],
    ],
  },
  {
    source: IDENTITY,
    name: /^(?:Create|Upload|Import|Issue).*(?:Key|Credential|Token|Certificate|Password|SSHPublicKey)/,
    because: 'creates credentials',
    techniques: [
      ['T1098.001', 0.6],
      ['T1550.001', 0.3],
    ],
  },
  {
    name: /(?:Create|Add|Import).*(?:AccessKey|ApiKey|KeyPair|Credential|HmacKey)/i,
    because: 'creates credentials',
    techniques: [['T1098.001', 0.55]],
  },
  {
    source: IDENTITY,
    name: /^(?:Attach|Put|Add|Update|Create|Set|Associate|Provision).*(?:Policy|Role|Group|Permission|Assignment|Trust|Profile|Boundary|Provider|Pool)/i,
    because: 'changes what an identity may do',
    techniques: [
      ['T1098.003', 0.55],
      ['T1098', 0.45],
      ['T1484.002', 0.2],
    ],
  },
  {
    source: IDENTITY,
    name: /(?:SAML|OpenID|OIDC|IdentityProvider|TrustAnchor|ExternalIdp|Workforce|WorkloadIdentity)/i,
    because: 'changes who is trusted to sign in',
    techniques: [
      ['T1484.002', 0.45],
      ['T1556.007', 0.4],
      ['T1098.003', 0.35],
      ['T1606.002', 0.25],
    ],
  },
  {
    name: /(?:MFA|MultiFactor|VirtualMFADevice|2sv|StrongAuth)/,
    because: 'changes multi-factor authentication',
    techniques: [
      ['T1556.006', 0.6],
      ['T1098.005', 0.35],
      ['T1531', 0.2],
    ],
  },
  {
    source: IDENTITY,
    name: /^(?!Get)\w*(?:PasswordPolicy|AccountSettings|SecurityTokenServicePreferences)/,
    because: 'changes how everybody signs in',
    techniques: [
      ['T1556', 0.55],
      ['T1098', 0.35],
    ],
  },
  {
    name: /(?:LoginProfile|Password(?!Policy))/,
    because: 'changes how somebody signs in',
    techniques: [
      ['T1098.001', 0.5],
      ['T1098', 0.45],
      ['T1078.004', 0.3],
    ],
  },
  {
    name: /(?:Put|Set|Add|Update|Attach|Create|Modify).*(?:Policy|Permission|Acl|Grant|Access|IamPermissions|PublicAccessBlock)/i,
    because: 'changes who may reach a resource',
    techniques: [
      ['T1098', 0.45],
      ['T1530', 0.3],
      ['T1537', 0.25],
    ],
  },
  {
    source: IDENTITY,
    name: /^(?:Delete|Remove|Deactivate|Disable|Detach|Revoke|Sign.?Out)/,
    because: 'takes access away',
    techniques: [
      ['T1531', 0.55],
      ['T1098', 0.35],
      ['T1070', 0.15],
    ],
  },
  {
    name: /^(?:Assume|GetFederationToken|GetSessionToken|GetCallerIdentity$|Generate(?:Access|Id)Token|SignJwt|SignBlob)/i,
    because: 'takes on an identity',
    techniques: [
      ['T1550.001', 0.5],
      ['T1078.004', 0.45],
      ['T1548.005', 0.4],
    ],
  },
  {
    name: /^(?:ConsoleLogin|Authenticate|UserAuthentication|SignIn|login|CheckMfa|GetSigninToken)/i,
    because: 'is a sign-in',
    techniques: [
      ['T1078.004', 0.6],
      ['T1110', 0.35],
      ['T1538', 0.15],
    ],
  },
  {
    name: /(?:SwitchRole|ExitRole)/,
    because: 'takes on an identity',
    techniques: [
      ['T1078.004', 0.5],
      ['T1548.005', 0.3],
    ],
  },
  {
    name: /(?:Token|Session|OAuth|RefreshToken)/,
    because: 'deals with access tokens',
    techniques: [
      ['T1528', 0.35],
      ['T1550.001', 0.35],
    ],
  },
  // Who watches.
  {
    source: LOGGING,
    name: /^(?:Stop|Delete|Update|Put|Disable|Modify|Remove|Disassociate|Cancel|Untag|Set)/i,
    because: 'changes or ends logging',
    techniques: [
      ['T1562.008', 0.65],
      ['T1562.001', 0.35],
    ],
  },
  {
    source: SECURITY,
    name: /^(?:Disable|Delete|Update|Disassociate|Stop|Archive|Create.*(?:Filter|IPSet|Suppress)|Batch(?:Disable|Update)|Leave|Remove|Accept|Enable|Put)/,
    because: 'changes what looks for attacks',
    techniques: [
      ['T1562.001', 0.65],
      ['T1562', 0.4],
    ],
  },
  {
    name: /(?:Logging|FlowLog|AuditLog|AccessLog|QueryLog|LogDelivery|LogGroup|LogStream|Trail|Sink|AuditConfig)/i,
    because: 'changes logging',
    techniques: [
      ['T1562.008', 0.55],
      ['T1070', 0.2],
    ],
  },
  {
    source: /^(?:events|scheduler|pipes|cloudwatch|monitoring|synthetics)\./,
    name: /^(?:Delete|Disable|Remove)/,
    because: 'ends rules or alarms',
    techniques: [
      ['T1562.001', 0.45],
      ['T1489', 0.4],
      ['T1562.008', 0.3],
    ],
  },
  {
    source: /^(?:events|scheduler|pipes|eventarc|cloudscheduler)\./,
    name: /^(?:Put|Create|Update|Enable)/,
    because: 'has something happen upon events',
    techniques: [
      ['T1546', 0.55],
      ['T1053', 0.35],
    ],
  },
  {
    name: /(?:Guardrail|SafetyPolicy|ContentFilter|ModelInvocationLogging)/,
    because: 'weakens a guard',
    techniques: [
      ['T1562.001', 0.6],
      ['T1562.008', 0.3],
    ],
  },
  // Networks.
  {
    name: /(?:SecurityGroup|NetworkAcl|Firewall|WebACL|IPSet|RuleGroup|SecurityPolic|ServicePerimeter|AccessLevel)/i,
    because: 'changes a firewall',
    techniques: [
      ['T1562.007', 0.6],
      ['T1562', 0.3],
      ['T1133', 0.2],
    ],
  },
  {
    name: /(?:Route|InternetGateway|NatGateway|VpcPeering|TransitGateway|VpnConnection|ClientVpn|vpnTunnel|VpcEndpoint|NetworkInterface|Subnet|peering)/i,
    because: 'changes how networks are joined',
    techniques: [
      ['T1562.007', 0.45],
      ['T1133', 0.4],
      ['T1599', 0.25],
      ['T1578.005', 0.25],
    ],
  },
  {
    name: /(?:TrafficMirror|PacketMirror)/i,
    because: 'copies network traffic',
    techniques: [
      ['T1020.001', 0.55],
      ['T1040', 0.5],
      ['T1074', 0.3],
    ],
  },
  {
    source: /^(?:route53|route53domains|dns|route53resolver|cloudfront)\./,
    name: /^(?!Get|List|Describe|Test)/i,
    because: 'changes names or where traffic goes',
    techniques: [
      ['T1584', 0.3],
      ['T1071.004', 0.3],
      ['T1098', 0.3],
      ['T1562.007', 0.25],
    ],
  },
  {
    name: /(?:FunctionUrl|PubliclyAccessible|PublicAccess|allUsers|Ingress|ApiMapping)/,
    because: 'opens something to the internet',
    techniques: [
      ['T1133', 0.45],
      ['T1190', 0.35],
      ['T1562.007', 0.3],
    ],
  },
  // Data.
  {
    source: /^(?:secretsmanager|secretmanager|ssm)\./,
    name: /^(?:Get|BatchGet|Access|Describe|List).*(?:Secret|Parameter)/i,
    because: 'reads secrets',
    techniques: [
      ['T1555.006', 0.6],
      ['T1552', 0.35],
    ],
  },
  {
    name: /(?:PasswordData|GetAuthorizationToken|GetConnection|GetKeyString|GetCredentials|ClusterCredentials|DbUser|GetWebIdentity|GetFunctionConfiguration|UserData)/i,
    because: 'reads credentials',
    techniques: [
      ['T1552', 0.5],
      ['T1528', 0.35],
      ['T1552.005', 0.3],
      ['T1555', 0.3],
    ],
  },
  {
    source: /^(?:kms|cloudkms)\./,
    name: /^(?:ScheduleKeyDeletion|Disable|Delete|Destroy|PutKeyPolicy|ReEncrypt|CreateGrant|ImportKey|Update.*(?:Version|Key))/i,
    because: 'takes a key away from its data',
    techniques: [
      ['T1486', 0.5],
      ['T1485', 0.5],
      ['T1490', 0.3],
    ],
  },
  {
    source: /^(?:kms|cloudkms)\./,
    name: /^(?:Encrypt|Decrypt|GenerateDataKey|ReEncrypt|CreateKey)/i,
    because: 'encrypts data',
    techniques: [
      ['T1486', 0.5],
      ['T1530', 0.25],
    ],
  },
  {
    name: /(?:Encrypt|Encryption|SSE|KmsKey)/,
    because: 'changes how data is encrypted',
    techniques: [
      ['T1486', 0.45],
      ['T1562', 0.3],
    ],
  },
  {
    source: STORES,
    name: /^(?:Delete|Purge|Remove|Destroy|BatchDelete|Terminate|Truncate|.*\.(?:delete|deleteObject))/,
    because: 'deletes data',
    techniques: [
      ['T1485', 0.6],
      ['T1490', 0.35],
    ],
  },
  {
    name: /\.(?:delete|Delete\w*|destroy\w*)$/i,
    because: 'deletes something',
    techniques: [
      ['T1485', 0.4],
      ['T1489', 0.25],
      ['T1578.003', 0.2],
    ],
  },
  {
    name: /(?:Delete|Stop|Disable|Deregister|Modify|Update|Cancel).*(?:Backup|Snapshot|Recovery|RecoveryPoint|PITR|ContinuousBackup|Retention|Versioning|Replication|Vault|ObjectLock)/i,
    because: 'takes the way back to lost data',
    techniques: [
      ['T1490', 0.6],
      ['T1485', 0.45],
    ],
  },
  {
    name: /Lifecycle(?!Config$)/i,
    because: 'has data deleted later',
    techniques: [
      ['T1485.001', 0.55],
      ['T1070', 0.3],
      ['T1485', 0.3],
    ],
  },
  {
    name: /(?:Share|Sharing|SnapshotAttribute|ImageAttribute|CopySnapshot|CopyImage|CopyDB|Export|CrossAccount|CrossRegion|Replication|Restore.*From|RestoreDB|RestoreImage|LaunchPermission)/i,
    because: 'takes data elsewhere',
    techniques: [
      ['T1537', 0.55],
      ['T1074', 0.25],
      ['T1530', 0.25],
    ],
  },
  {
    name: /(?:Create|Copy|Start).*(?:Snapshot|Image|Backup|Export|Dump|Ami)/i,
    because: 'copies data',
    techniques: [
      ['T1578.001', 0.45],
      ['T1537', 0.35],
      ['T1074', 0.3],
      ['T1530', 0.3],
    ],
  },
  {
    name: /(?:Restore|CreateVolume|AttachVolume)/,
    because: 'brings a copy of data up',
    techniques: [
      ['T1578.004', 0.4],
      ['T1578', 0.35],
      ['T1530', 0.3],
      ['T1074', 0.2],
    ],
  },
  {
    source: STORES,
    name: /^(?:GetObject|SelectObject|RestoreObject|BatchGetItem|GetItem|Scan|Query|ExecuteStatement|ExecuteSql|PartiQL|GetQueryResults|.*objects\.get|.*InsertJob|.*jobs\.)/,
    because: 'reads data',
    techniques: [
      ['T1530', 0.6],
      ['T1213.006', 0.35],
      ['T1119', 0.25],
    ],
  },
  {
    source: /^s3|^storage/,
    name: /^(?:List(?:Objects|Buckets|Bucket)|Head|GetBucket|ListAllMyBuckets|storage\.(?:objects|buckets)\.list)/,
    because: 'looks at what is stored',
    techniques: [
      ['T1619', 0.6],
      ['T1526', 0.35],
      ['T1580', 0.3],
    ],
  },
  {
    name: /(?:CopyObject|PutObject|UploadPart|objects\.create)/i,
    because: 'writes data',
    techniques: [
      ['T1486', 0.45],
      ['T1537', 0.35],
      ['T1565.001', 0.3],
      ['T1491', 0.15],
    ],
  },
  {
    source: STORES,
    name: /^(?:Modify|Update|Put|Set|Change)/,
    because: 'changes a store of data',
    techniques: [
      ['T1565.001', 0.25],
      ['T1578.005', 0.25],
      ['T1562', 0.3],
      ['T1098', 0.2],
    ],
  },
  // Machines.
  {
    source: COMPUTE,
    name: /^(?:Run|Create|Start|Launch|Allocate|Request|.*\.insert|.*CreateInstance|.*\.start|.*\.create)/i,
    because: 'starts machines',
    techniques: [
      ['T1578.002', 0.5],
      ['T1496.001', 0.45],
      ['T1578', 0.3],
      ['T1204', 0.15],
    ],
  },
  {
    source: COMPUTE,
    name: /^(?:Terminate|Stop|Delete|Deregister|Release)|\.(?:stop|suspend)$/i,
    because: 'ends machines',
    techniques: [
      ['T1578.003', 0.5],
      ['T1489', 0.4],
      ['T1485', 0.3],
    ],
  },
  {
    source: COMPUTE,
    name: /^(?:Modify|Update|Replace|Associate|Attach|Enable|Set|Reset|Put)|\.(?:update|patch|set\w+|attach\w+)$/i,
    because: 'changes machines',
    techniques: [
      ['T1578.005', 0.45],
      ['T1578', 0.4],
      ['T1098', 0.25],
    ],
  },
  {
    name: /(?:SendCommand|StartSession|ResumeSession|ExecuteCommand|StartAutomation|SendSSHPublicKey|SendSerialConsole|SerialConsole|EcsExec|CreateSession|CreateEnvironment|CommandInvocation|PatchJob|CommonInstanceMetadata)/i,
    because: 'gives commands to machines',
    techniques: [
      ['T1651', 0.55],
      ['T1021.008', 0.35],
      ['T1059.009', 0.3],
      ['T1098.004', 0.25],
    ],
  },
  {
    name: /(?:SSHPublicKey|SshKey|InstanceMetadata$|setMetadata|SshPublicKey)/i,
    because: 'puts a key on machines',
    techniques: [
      ['T1098.004', 0.5],
      ['T1021.004', 0.3],
    ],
  },
  { name: /(?:CreateCloudShell|cloudshell)/i, because: 'opens a shell', techniques: [['T1059.009', 0.55]] },
  {
    source: /^cloudshell\./,
    name: /./,
    because: 'uses a shell of the console',
    techniques: [['T1059.009', 0.6]],
  },
  {
    name: /(?:InstanceProfile|IamInstance|PassRole|ServiceAccount$|setServiceAccount)/i,
    because: 'gives a machine an identity',
    techniques: [
      ['T1098.003', 0.45],
      ['T1078.004', 0.4],
      ['T1548', 0.35],
    ],
  },
  {
    source: SERVERLESS,
    name: /^(?:Create|Update|Publish|Invoke|Start|Put|Add|.*\.(?:Create|Update|Run))/i,
    because: 'runs code without a machine',
    techniques: [
      ['T1648', 0.55],
      ['T1546', 0.3],
      ['T1098', 0.2],
      ['T1578', 0.2],
    ],
  },
  {
    source: SERVERLESS,
    name: /^(?:Delete|Stop)/,
    because: 'ends a service',
    techniques: [
      ['T1489', 0.45],
      ['T1485', 0.25],
    ],
  },
  {
    source: /^lambda\./,
    name: /(?:Layer|EventSourceMapping|Permission|CodeSigning|Runtime)/,
    because: 'changes what a function runs, or who may call it',
    techniques: [
      ['T1648', 0.5],
      ['T1546', 0.4],
      ['T1525', 0.3],
    ],
  },
  {
    source: /^(?:ecr|ecr-public|artifactregistry|codeartifact)\./,
    name: /^(?:Put|Upload|Create|Batch|Complete|Initiate)/,
    because: 'brings images in',
    techniques: [
      ['T1525', 0.5],
      ['T1204.003', 0.4],
    ],
  },
  {
    source:
      /^(?:codebuild|codepipeline|codecommit|codestar-connections|codeconnections|cloudformation|cloudbuild|deploymentmanager|amplify)\./,
    name: /^(?:Create|Update|Import|Start|Put|Execute|.*CreateBuild|.*insert)/i,
    because: 'changes how software is built or rolled out',
    techniques: [
      ['T1072', 0.3],
      ['T1195', 0.3],
      ['T1578', 0.25],
      ['T1059.009', 0.25],
      ['T1098', 0.25],
    ],
  },
  // What it costs, and whom it reaches.
  {
    source: MODELS,
    name: /^(?:Invoke|Converse|Retrieve|StartAsync|CreateModelInvocation)/,
    because: 'uses models',
    techniques: [
      ['T1496', 0.5],
      ['T1059.009', 0.2],
    ],
  },
  {
    source: MODELS,
    name: /^(?:Create|Update|Put|Associate|Import)/,
    because: 'changes models or agents',
    techniques: [
      ['T1565', 0.3],
      ['T1098', 0.35],
      ['T1578', 0.2],
      ['T1525', 0.2],
    ],
  },
  {
    source: MODELS,
    name: /^Delete/,
    because: 'deletes models or agents',
    techniques: [
      ['T1485', 0.45],
      ['T1489', 0.4],
    ],
  },
  {
    source: MAIL,
    name: /^(?:Send|Publish|Create|Verify|Update|Put|Set|Subscribe)/,
    because: 'sends messages',
    techniques: [
      ['T1496.004', 0.45],
      ['T1567', 0.3],
      ['T1566', 0.25],
    ],
  },
  {
    source: /^sns\./,
    name: /^(?:Subscribe|Publish|CreateTopic|SetTopic)/,
    because: 'has messages sent elsewhere',
    techniques: [
      ['T1567', 0.45],
      ['T1496.003', 0.3],
      ['T1537', 0.2],
      ['T1530', 0.15],
    ],
  },
  {
    source: /^(?:organizations|account|cloudresourcemanager|orgpolicy|resourcemanager|cloudbilling)\./,
    name: /^(?!Get|List|Describe|Test|Search)/i,
    because: 'changes how accounts belong together',
    techniques: [
      ['T1666', 0.5],
      ['T1098', 0.3],
      ['T1484', 0.25],
      ['T1562', 0.25],
    ],
  },
  {
    name: /(?:LeaveOrganization|ServiceControlPolic|DetachPolicy|DisablePolicyType|DelegatedAdmin|OrgPolic)/i,
    because: 'lifts a guard of the organisation',
    techniques: [
      ['T1562.001', 0.4],
      ['T1666', 0.45],
    ],
  },
  {
    name: /^(?:Enable|Disable)Region$|OptInStatus/,
    because: 'changes which regions are in use',
    techniques: [['T1535', 0.6]],
  },
  {
    source: /^servicequotas\./,
    name: /./,
    because: 'asks how much may be used',
    techniques: [
      ['T1580', 0.45],
      ['T1496', 0.35],
    ],
  },
  {
    source: /^(?:pubsub|sqs|kinesis|firehose|monitoring|serviceusage|cloudscheduler)\./,
    name: /(?:Delete|Disable|Stop|Purge)/i,
    because: 'ends a service that others need',
    techniques: [
      ['T1489', 0.45],
      ['T1562', 0.4],
      ['T1562.008', 0.25],
    ],
  },
  // Containers.
  {
    source: /^k8s/,
    name: /(?:exec|attach|portforward|ephemeralcontainers)/,
    because: 'gives commands to containers',
    techniques: [
      ['T1609', 0.6],
      ['T1059', 0.2],
    ],
  },
  {
    source: /^k8s/,
    name: /(?:^|[:.])(?:cluster)?role(?:binding)?s?[:.]/,
    because: 'changes roles of the cluster',
    techniques: [
      ['T1098.006', 0.6],
      ['T1078', 0.2],
    ],
  },
  {
    source: /^k8s/,
    name: /secrets|serviceaccounts[/.:]token/,
    because: 'reads secrets or tokens of the cluster',
    techniques: [
      ['T1552.007', 0.55],
      ['T1528', 0.35],
    ],
  },
  {
    source: /^k8s/,
    name: /(?:cronjobs|jobs)[:.](?:create|update|patch)/,
    because: 'has containers run later',
    techniques: [
      ['T1053.007', 0.5],
      ['T1610', 0.35],
    ],
  },
  {
    source: /^k8s/,
    name: /(?:pods|deployments|daemonsets|statefulsets|replicasets|replicationcontrollers)[:.](?:create|update|patch)/,
    because: 'runs containers',
    techniques: [
      ['T1610', 0.55],
      ['T1611', 0.45],
      ['T1525', 0.15],
    ],
  },
  {
    source: /^k8s/,
    name: /admissionregistration|webhook/,
    because: 'changes what the cluster lets in',
    techniques: [
      ['T1546', 0.4],
      ['T1562', 0.35],
      ['T1556', 0.3],
    ],
  },
  {
    source: /^k8s/,
    name: /accessreviews|rulesreviews|[:.](?:list|get)$/,
    because: 'looks around in the cluster',
    techniques: [
      ['T1613', 0.5],
      ['T1069', 0.4],
    ],
  },
  {
    source: /^k8s/,
    name: /services[:.](?:create|update|patch)|ingress/,
    because: 'opens the cluster',
    techniques: [
      ['T1133', 0.45],
      ['T1190', 0.35],
    ],
  },
  {
    source: /^k8s/,
    name: /[:.]delete(?:collection)?$/,
    because: 'deletes things of the cluster',
    techniques: [
      ['T1070', 0.35],
      ['T1489', 0.35],
      ['T1485', 0.35],
      ['T1562.001', 0.3],
    ],
  },
  {
    source: /^k8s/,
    name: /impersonat|certificatesigningrequests/,
    because: 'takes on an identity of the cluster',
    techniques: [
      ['T1078', 0.35],
      ['T1098', 0.35],
      ['T1550', 0.25],
    ],
  },
  // Looking around.
  {
    source: /^(?:cloudtrail|logs|logging)\./,
    name: /^(?:Lookup|Get|List|Describe|Filter|StartQuery|StartLiveTail|.*ListLog)/i,
    because: 'reads logs or what is logged',
    techniques: [
      ['T1654', 0.45],
      ['T1526', 0.35],
      ['T1580', 0.25],
    ],
  },
  {
    source: SECURITY,
    name: /^(?:Get|List|Describe)/,
    because: 'looks at what defends',
    techniques: [
      ['T1518.001', 0.5],
      ['T1526', 0.35],
    ],
  },
  {
    source: IDENTITY,
    name: /^(?:Get|List|Simulate|Generate)/i,
    because: 'looks at identities',
    techniques: [
      ['T1087.004', 0.55],
      ['T1069.003', 0.5],
      ['T1580', 0.2],
    ],
  },
  {
    source: /^organizations\./,
    name: /^(?:List|Describe|Get)/,
    because: 'looks at the organisation',
    techniques: [
      ['T1087.004', 0.45],
      ['T1580', 0.4],
      ['T1526', 0.3],
    ],
  },
  {
    source: COMPUTE,
    name: /^(?:Describe|Get|List|BatchGet)|\.(?:list|get|aggregatedList)$/i,
    because: 'looks at machines and networks',
    techniques: [
      ['T1580', 0.6],
      ['T1526', 0.35],
      ['T1082', 0.2],
    ],
  },
  {
    name: /^(?:Describe|List|Get|BatchGet|Search|Query)|\.(?:list|get|search)$/i,
    because: 'looks at what is there',
    techniques: [
      ['T1526', 0.5],
      ['T1580', 0.5],
      ['T1619', 0.1],
    ],
  },
];

/** Tactics that an event which only reads can serve. */
export const READING_TACTICS: readonly string[] = [
  'discovery',
  'collection',
  'credential-access',
  'exfiltration',
  'reconnaissance',
  'initial-access',
];

/** By verb and service. `name` is a stem of AWS, or a method or key of Google Cloud. */
export function guess(source: string, name: string): Guess[] {
  const best = new Map<string, Guess>();
  for (const rule of RULES) {
    if (rule.source !== undefined && !rule.source.test(source)) continue;
    if (!rule.name.test(name)) continue;
    for (const [id, score] of rule.techniques) {
      const known = best.get(id);
      if (known === undefined || known.score < score) best.set(id, { id, score, because: rule.because });
    }
  }
  if (best.size === 0) return [isRead(name) ? LOOKING : CHANGING];
  return [...best.values()].toSorted((one, other) => other.score - one.score);
}

const LOOKING: Guess = { id: 'T1580', score: 0.3, because: 'reads' };
const CHANGING: Guess = { id: 'T1578.005', score: 0.3, because: 'changes something' };
