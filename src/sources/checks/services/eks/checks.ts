import type { Check } from '../../catalogue.ts';
import { eksControlPlaneLogs } from './checks/eks-control-plane-logs.ts';
import { eksDeletionProtection } from './checks/eks-deletion-protection.ts';
import { eksEndpointPublic } from './checks/eks-endpoint-public.ts';
import { eksNetworkPolicy } from './checks/eks-network-policy.ts';
import { eksPrivateNodes } from './checks/eks-private-nodes.ts';
import { eksSecretsEncrypted } from './checks/eks-secrets-encrypted.ts';
import { eksVersionSupported } from './checks/eks-version-supported.ts';

export const eksChecks: readonly Check[] = [
  eksControlPlaneLogs,
  eksDeletionProtection,
  eksEndpointPublic,
  eksNetworkPolicy,
  eksPrivateNodes,
  eksSecretsEncrypted,
  eksVersionSupported,
];
