import { defineCheck, failIf } from '../../../catalogue.ts';

export const ec2ClientVpnLogging = defineCheck({
  id: 'ec2-client-vpn-logging',
  title: 'Client VPN connections are logged',
  service: 'ec2',
  depth: 'deep',
  level: 'low',
  category: 'logging',
  resourceType: 'AWS::EC2::ClientVpnEndpoint',
  failsWhen: 'ConnectionLogOptions.Enabled is false. Endpoints that are being deleted get no verdict.',
  remediation: 'Log connections to CloudWatch.',
  command:
    'aws ec2 modify-client-vpn-endpoint --client-vpn-endpoint-id ENDPOINT --connection-log-options Enabled=true,CloudwatchLogGroup=GROUP',
  on: 'ec2:DescribeClientVpnEndpoints',
  judge({ status, logsConnections }) {
    return status === 'deleting' || status === 'deleted'
      ? null
      : failIf(!logsConnections, { logsConnections });
  },
});
