import { defineCheck, failIf } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { LambdaFunction } from '../../lambda/collect.ts';
import type { SecurityGroup } from '../collect.ts';
import { interfacesOf } from '../ports.ts';

const referring = grouped(({ ingress, egress }: SecurityGroup) => [
  ...new Set([...ingress, ...egress].flatMap((rule) => rule.groups)),
]);
const functionsIn = grouped((one: LambdaFunction) => one.groupIds);

export const ec2SgUnused = defineCheck({
  id: 'ec2-sg-unused',
  title: 'Unused groups are removed',
  service: 'ec2',
  depth: 'deep',
  level: 'low',
  category: 'governance',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen:
    "No network interface, no other group's rule (its own do not count) and no Lambda function refers to the group. Groups named default get no verdict.",
  remediation: 'Delete the group.',
  command: 'aws ec2 delete-security-group --group-id GROUP',
  on: 'ec2:DescribeSecurityGroups',
  needs: ['ec2:DescribeNetworkInterfaces', 'lambda:ListFunctions'],
  judge(group, { list }) {
    const { groupId, name } = group;
    if (name === 'default') return null;
    const others = referring(list('ec2:DescribeSecurityGroups'), groupId).filter(
      (other) => other.groupId !== groupId,
    );
    const used =
      interfacesOf(group, list('ec2:DescribeNetworkInterfaces')).length +
      others.length +
      functionsIn(list('lambda:ListFunctions'), groupId).length;
    return failIf(used === 0, { vpcId: group.vpcId });
  },
});
