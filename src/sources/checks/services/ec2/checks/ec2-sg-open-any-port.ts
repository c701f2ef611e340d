import { defineCheck, failIf } from '../../../catalogue.ts';
import { coversOtherPorts, interfacesOf, isFromInternet, ruleText } from '../ports.ts';

export const ec2SgOpenAnyPort = defineCheck({
  id: 'ec2-sg-open-any-port',
  title: 'Only web ports are open to the internet',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen:
    'An ingress rule lets in from 0.0.0.0/0 or ::/0 any port outside allowed_ports. Groups used only by load balancers, API Gateway or VPC endpoints (interface type or owner in allowed_interface_types and allowed_owners) pass; a group that nothing uses is judged.',
  remediation: 'Limit the rule to known sources, or put a load balancer in front.',
  command: 'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  parameters: {
    allowed_ports: [80, 443],
    allowed_interface_types: [
      'api_gateway_managed',
      'gateway_load_balancer_endpoint',
      'load_balancer',
      'network_load_balancer',
      'vpc_endpoint',
    ],
    allowed_owners: ['amazon-elb'],
  },
  on: 'ec2:DescribeSecurityGroups',
  needs: ['ec2:DescribeNetworkInterfaces'],
  judge(group, { list, parameters }) {
    const rules = group.ingress
      .filter((rule) => isFromInternet(rule) && coversOtherPorts(rule, parameters.allowed_ports))
      .map(ruleText);
    const interfaces = interfacesOf(group, list('ec2:DescribeNetworkInterfaces'));
    const isFrontOnly =
      interfaces.length > 0 &&
      interfaces.every(
        ({ type, owner }) =>
          parameters.allowed_interface_types.includes(type) ||
          parameters.allowed_owners.includes(owner ?? ''),
      );
    return failIf(rules.length > 0 && !isFrontOnly, { rules, inUse: interfaces.length > 0, isFrontOnly });
  },
});
