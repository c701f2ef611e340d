import type { Check } from '../../catalogue.ts';
import { vpcFlowLogs } from './checks/vpc-flow-logs.ts';
import { vpcNaclOpenRdp } from './checks/vpc-nacl-open-rdp.ts';
import { vpcNaclOpenSsh } from './checks/vpc-nacl-open-ssh.ts';

export const vpcChecks: readonly Check[] = [vpcFlowLogs, vpcNaclOpenRdp, vpcNaclOpenSsh];
