import type { Check } from '../../catalogue.ts';
import { cwAlarmAuthFailure } from './checks/cw-alarm-auth-failure.ts';
import { cwAlarmBucketPolicyChange } from './checks/cw-alarm-bucket-policy-change.ts';
import { cwAlarmCloudtrailChange } from './checks/cw-alarm-cloudtrail-change.ts';
import { cwAlarmConfigChange } from './checks/cw-alarm-config-change.ts';
import { cwAlarmConsoleNoMfa } from './checks/cw-alarm-console-no-mfa.ts';
import { cwAlarmGatewayChange } from './checks/cw-alarm-gateway-change.ts';
import { cwAlarmIamChange } from './checks/cw-alarm-iam-change.ts';
import { cwAlarmKeyDeletion } from './checks/cw-alarm-key-deletion.ts';
import { cwAlarmNaclChange } from './checks/cw-alarm-nacl-change.ts';
import { cwAlarmNoAction } from './checks/cw-alarm-no-action.ts';
import { cwAlarmOrgChange } from './checks/cw-alarm-org-change.ts';
import { cwAlarmRootUse } from './checks/cw-alarm-root-use.ts';
import { cwAlarmRouteChange } from './checks/cw-alarm-route-change.ts';
import { cwAlarmSgChange } from './checks/cw-alarm-sg-change.ts';
import { cwAlarmUnauthorizedApi } from './checks/cw-alarm-unauthorized-api.ts';
import { cwAlarmVpcChange } from './checks/cw-alarm-vpc-change.ts';
import { cwLogGroupKms } from './checks/cw-log-group-kms.ts';
import { cwLogGroupPublic } from './checks/cw-log-group-public.ts';
import { cwLogGroupRetention } from './checks/cw-log-group-retention.ts';
import { cwLogGroupSecrets } from './checks/cw-log-group-secrets.ts';

export const cloudwatchChecks: readonly Check[] = [
  cwAlarmAuthFailure,
  cwAlarmBucketPolicyChange,
  cwAlarmCloudtrailChange,
  cwAlarmConfigChange,
  cwAlarmConsoleNoMfa,
  cwAlarmGatewayChange,
  cwAlarmIamChange,
  cwAlarmKeyDeletion,
  cwAlarmNaclChange,
  cwAlarmNoAction,
  cwAlarmOrgChange,
  cwAlarmRootUse,
  cwAlarmRouteChange,
  cwAlarmSgChange,
  cwAlarmUnauthorizedApi,
  cwAlarmVpcChange,
  cwLogGroupKms,
  cwLogGroupPublic,
  cwLogGroupRetention,
  cwLogGroupSecrets,
];
