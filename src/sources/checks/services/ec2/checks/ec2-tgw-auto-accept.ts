import { defineCheck, failIf } from '../../../catalogue.ts';

export const ec2TgwAutoAccept = defineCheck({
  id: 'ec2-tgw-auto-accept',
  title: 'Transit gateways do not accept attachments by themselves',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::EC2::TransitGateway',
  failsWhen:
    'AutoAcceptSharedAttachments is enable on a gateway that the account owns and that is not deleted.',
  remediation: 'Turn automatic acceptance off.',
  command:
    'aws ec2 modify-transit-gateway --transit-gateway-id GATEWAY --options AutoAcceptSharedAttachments=disable',
  on: 'ec2:DescribeTransitGateways',
  judge({ ownerId, state, acceptsByItself }, { accountId }) {
    const isOurs = ownerId === accountId && state !== 'deleted' && state !== 'deleting';
    return failIf(isOurs && acceptsByItself, { acceptsByItself, ownerId, state });
  },
});
