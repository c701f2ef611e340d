import { defineCheck, failIf } from '../../../catalogue.ts';

export const cfnOutputSecrets = defineCheck({
  id: 'cfn-output-secrets',
  title: 'Stack outputs carry no secrets',
  service: 'cloudformation',
  depth: 'deep',
  level: 'critical',
  category: 'secrets',
  resourceType: 'AWS::CloudFormation::Stack',
  failsWhen: "An output's value looks like a secret. No outputs passes.",
  remediation: 'Rotate the secret, take the output out of the template, update the stack.',
  command: 'aws cloudformation update-stack --stack-name STACK --template-body file://template.yaml',
  on: 'cloudformation:DescribeStacks',
  judge({ secrets }) {
    return failIf(secrets.length > 0, { secrets });
  },
});
