import type { Check } from '../../catalogue.ts';
import { vpcBlockPublicAccess } from './checks/vpc-block-public-access.ts';
import { vpcDefaultVpcInUse } from './checks/vpc-default-vpc-in-use.ts';
import { vpcEc2EndpointPresent } from './checks/vpc-ec2-endpoint-present.ts';
import { vpcEndpointPolicyOpen } from './checks/vpc-endpoint-policy-open.ts';
import { vpcEndpointServicePrincipals } from './checks/vpc-endpoint-service-principals.ts';
import { vpcFlowLogs } from './checks/vpc-flow-logs.ts';
import { vpcNaclOpenAny } from './checks/vpc-nacl-open-any.ts';
import { vpcNaclOpenRdp } from './checks/vpc-nacl-open-rdp.ts';
import { vpcNaclOpenSsh } from './checks/vpc-nacl-open-ssh.ts';
import { vpcNaclUnused } from './checks/vpc-nacl-unused.ts';
import { vpcPeeringWideRoutes } from './checks/vpc-peering-wide-routes.ts';
import { vpcSubnetAutoPublicIp } from './checks/vpc-subnet-auto-public-ip.ts';
import { vpcSubnetMultiAz } from './checks/vpc-subnet-multi-az.ts';
import { vpcSubnetPrivatePublicSplit } from './checks/vpc-subnet-private-public-split.ts';
import { vpcVpnTunnelsUp } from './checks/vpc-vpn-tunnels-up.ts';

export const vpcChecks: readonly Check[] = [
  vpcBlockPublicAccess,
  vpcDefaultVpcInUse,
  vpcEc2EndpointPresent,
  vpcEndpointPolicyOpen,
  vpcEndpointServicePrincipals,
  vpcFlowLogs,
  vpcNaclOpenAny,
  vpcNaclOpenRdp,
  vpcNaclOpenSsh,
  vpcNaclUnused,
  vpcPeeringWideRoutes,
  vpcSubnetAutoPublicIp,
  vpcSubnetMultiAz,
  vpcSubnetPrivatePublicSplit,
  vpcVpnTunnelsUp,
];
