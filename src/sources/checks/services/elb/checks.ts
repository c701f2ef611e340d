import type { Check } from '../../catalogue.ts';
import { elbAccessLogs } from './checks/elb-access-logs.ts';
import { elbClassicAccessLogs } from './checks/elb-classic-access-logs.ts';
import { elbClassicAcmCert } from './checks/elb-classic-acm-cert.ts';
import { elbClassicTlsPolicy } from './checks/elb-classic-tls-policy.ts';
import { elbClassicTls } from './checks/elb-classic-tls.ts';
import { elbDeletionProtection } from './checks/elb-deletion-protection.ts';
import { elbDesyncMode } from './checks/elb-desync-mode.ts';
import { elbDropInvalidHeaders } from './checks/elb-drop-invalid-headers.ts';
import { elbInternetFacing } from './checks/elb-internet-facing.ts';
import { elbListenerTls } from './checks/elb-listener-tls.ts';
import { elbMultiAz } from './checks/elb-multi-az.ts';
import { elbTlsPolicyWeak } from './checks/elb-tls-policy-weak.ts';
import { elbWafAttached } from './checks/elb-waf-attached.ts';

export const elbChecks: readonly Check[] = [
  elbAccessLogs,
  elbClassicAccessLogs,
  elbClassicAcmCert,
  elbClassicTls,
  elbClassicTlsPolicy,
  elbDeletionProtection,
  elbDesyncMode,
  elbDropInvalidHeaders,
  elbInternetFacing,
  elbListenerTls,
  elbMultiAz,
  elbTlsPolicyWeak,
  elbWafAttached,
];
