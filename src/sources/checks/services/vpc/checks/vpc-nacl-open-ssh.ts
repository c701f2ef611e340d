import { defineCheck, failIf } from '../../../catalogue.ts';
import { entryOpenToInternet } from '../../ec2/ports.ts';

export const vpcNaclOpenSsh = defineCheck({
  id: 'vpc-nacl-open-ssh',
  title: 'Network ACLs do not let in SSH from anywhere',
  service: 'vpc',
  depth: 'quick',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::EC2::NetworkAcl',
  failsWhen:
    'In order of rule number the first rule that matches TCP 22 from 0.0.0.0/0 (or ::/0) is an allow: protocol -1 or 6 with a range that holds the port.',
  remediation: 'Deny the port before the wider allow.',
  command:
    'aws ec2 create-network-acl-entry --network-acl-id ACL --rule-number NUMBER --protocol 6 --rule-action deny --port-range From=22,To=22 --cidr-block 0.0.0.0/0 --ingress',
  parameters: { ports: [22] },
  on: 'ec2:DescribeNetworkAcls',
  judge(acl, { parameters }) {
    const open = parameters.ports.flatMap((port) => {
      const entry = entryOpenToInternet(acl, port);
      return entry === null ? [] : [{ port, rule: entry.number, from: entry.range }];
    });
    return failIf(open.length > 0, { open, vpcId: acl.vpcId });
  },
});
