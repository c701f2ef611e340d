import { defineCheck, failIf } from '../../../catalogue.ts';

export const vpcVpnTunnelsUp = defineCheck({
  id: 'vpc-vpn-tunnels-up',
  title: 'Both VPN tunnels are up',
  service: 'vpc',
  depth: 'deep',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::EC2::VPNConnection',
  failsWhen:
    'Not all tunnels (VgwTelemetry, two) have status UP. Deleted connections get no verdict; a connection without telemetry fails.',
  remediation: 'Bring the second tunnel up at the customer gateway.',
  on: 'ec2:DescribeVpnConnections',
  judge({ state, tunnels }) {
    if (state === 'deleted' || state === 'deleting') return null;
    const up = tunnels.filter((status) => status === 'UP').length;
    return failIf(up === 0 || up < tunnels.length, { tunnels });
  },
});
