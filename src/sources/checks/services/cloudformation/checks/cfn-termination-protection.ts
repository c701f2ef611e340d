import { defineCheck, failIf } from '../../../catalogue.ts';

export const cfnTerminationProtection = defineCheck({
  id: 'cfn-termination-protection',
  title: 'Stacks are protected from deletion',
  service: 'cloudformation',
  depth: 'deep',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::CloudFormation::Stack',
  failsWhen:
    'EnableTerminationProtection of a root stack is false. Nested and deleted stacks get no verdict.',
  remediation: 'Turn termination protection on.',
  command:
    'aws cloudformation update-termination-protection --stack-name STACK --enable-termination-protection',
  on: 'cloudformation:DescribeStacks',
  judge({ status, isNested, deletionProtected }) {
    return isNested || status === 'DELETE_COMPLETE' ? null : failIf(!deletionProtected);
  },
});
