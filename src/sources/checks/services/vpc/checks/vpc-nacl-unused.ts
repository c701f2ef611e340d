import { defineCheck, failIf } from '../../../catalogue.ts';

export const vpcNaclUnused = defineCheck({
  id: 'vpc-nacl-unused',
  title: 'Unused network ACLs are removed',
  service: 'vpc',
  depth: 'deep',
  level: 'low',
  category: 'governance',
  resourceType: 'AWS::EC2::NetworkAcl',
  failsWhen: 'The ACL is not the default one and has no subnet association.',
  remediation: 'Delete the ACL.',
  command: 'aws ec2 delete-network-acl --network-acl-id ACL',
  on: 'ec2:DescribeNetworkAcls',
  judge({ isDefault, subnetIds, vpcId }) {
    return failIf(!isDefault && subnetIds.length === 0, { isDefault, vpcId });
  },
});
