import { defineCheck, failIf } from '../../../catalogue.ts';

export const ec2SgLaunchWizard = defineCheck({
  id: 'ec2-sg-launch-wizard',
  title: 'No launch-wizard groups are in use',
  service: 'ec2',
  depth: 'deep',
  level: 'medium',
  category: 'governance',
  resourceType: 'AWS::EC2::SecurityGroup',
  failsWhen: "The group's name contains launch-wizard, in use or not.",
  remediation: 'Use a named group with narrow rules and delete this one.',
  command: 'aws ec2 delete-security-group --group-id GROUP',
  on: 'ec2:DescribeSecurityGroups',
  judge: ({ name }) => failIf(name.includes('launch-wizard'), { name }),
});
