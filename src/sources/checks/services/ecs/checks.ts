import type { Check } from '../../catalogue.ts';
import { ecsClusterInsights } from './checks/ecs-cluster-insights.ts';
import { ecsServiceExecEnabled } from './checks/ecs-service-exec-enabled.ts';
import { ecsServicePlatformVersion } from './checks/ecs-service-platform-version.ts';
import { ecsServicePublicIp } from './checks/ecs-service-public-ip.ts';
import { ecsTaskEnvSecrets } from './checks/ecs-task-env-secrets.ts';
import { ecsTaskHostNamespace } from './checks/ecs-task-host-namespace.ts';
import { ecsTaskHostNetworkUser } from './checks/ecs-task-host-network-user.ts';
import { ecsTaskLogging } from './checks/ecs-task-logging.ts';
import { ecsTaskPrivileged } from './checks/ecs-task-privileged.ts';
import { ecsTaskReadonlyRoot } from './checks/ecs-task-readonly-root.ts';

export const ecsChecks: readonly Check[] = [
  ecsClusterInsights,
  ecsServiceExecEnabled,
  ecsServicePlatformVersion,
  ecsServicePublicIp,
  ecsTaskEnvSecrets,
  ecsTaskHostNamespace,
  ecsTaskHostNetworkUser,
  ecsTaskLogging,
  ecsTaskPrivileged,
  ecsTaskReadonlyRoot,
];
