import { defineCheck, failIf } from '../../../catalogue.ts';
import { entryOpenToInternet } from '../../ec2/ports.ts';

export const vpcNaclOpenRdp = defineCheck({
  id: 'vpc-nacl-open-rdp',
  title: 'Network ACLs do not let in RDP from anywhere',
  service: 'vpc',
  depth: 'quick',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::EC2::NetworkAcl',
  failsWhen:
    'In order of rule number the first rule that matches TCP 3389 from 0.0.0.0/0 (or ::/0) is an allow.',
  remediation: 'Deny the port before the wider allow.',
  command:
    'aws ec2 create-network-acl-entry --network-acl-id ACL --rule-number NUMBER --protocol 6 --rule-action deny --port-range From=3389,To=3389 --cidr-block 0.0.0.0/0 --ingress',
  parameters: { ports: [3389] },
  on: 'ec2:DescribeNetworkAcls',
  judge(acl, { parameters }) {
    const open = parameters.ports.flatMap((port) => {
      const entry = entryOpenToInternet(acl, port);
      return entry === null ? [] : [{ port, rule: entry.number, from: entry.range }];
    });
    return failIf(open.length > 0, { open, vpcId: acl.vpcId });
  },
});
