import type { Check } from '../../catalogue.ts';
import { autoscalingLcImdsv2 } from './checks/autoscaling-lc-imdsv2.ts';
import { autoscalingLcPublicIp } from './checks/autoscaling-lc-public-ip.ts';
import { autoscalingLcSecrets } from './checks/autoscaling-lc-secrets.ts';
import { autoscalingMultiAz } from './checks/autoscaling-multi-az.ts';

export const autoscalingChecks: readonly Check[] = [
  autoscalingLcImdsv2,
  autoscalingLcPublicIp,
  autoscalingLcSecrets,
  autoscalingMultiAz,
];
