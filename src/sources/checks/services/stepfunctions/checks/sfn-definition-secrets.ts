import { defineCheck, failIf } from '../../../catalogue.ts';

export const sfnDefinitionSecrets = defineCheck({
  id: 'sfn-definition-secrets',
  title: 'Definitions carry no secrets',
  service: 'stepfunctions',
  depth: 'deep',
  level: 'critical',
  category: 'secrets',
  resourceType: 'AWS::StepFunctions::StateMachine',
  failsWhen: 'The definition contains a secret.',
  remediation: 'Rotate the secret; pass its reference, not its value.',
  command:
    'aws stepfunctions update-state-machine --state-machine-arn ARN --definition file://definition.json',
  on: 'sfn:ListStateMachines',
  needs: ['sfn:DescribeStateMachine'],
  judge(_, { detail }) {
    const secrets = detail('sfn:DescribeStateMachine')?.secrets ?? [];
    return failIf(secrets.length > 0, { secrets });
  },
});
