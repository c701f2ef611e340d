import { defineCheck, failIf } from '../../../catalogue.ts';

export const sfnLogging = defineCheck({
  id: 'sfn-logging',
  title: 'State machines are logged',
  service: 'stepfunctions',
  depth: 'standard',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::StepFunctions::StateMachine',
  failsWhen: 'The logging level is OFF or no logging configuration is set.',
  remediation: 'Turn logging on.',
  command:
    'aws stepfunctions update-state-machine --state-machine-arn ARN --logging-configuration file://logging.json',
  on: 'sfn:ListStateMachines',
  needs: ['sfn:DescribeStateMachine'],
  judge(_, { detail }) {
    const logLevel = detail('sfn:DescribeStateMachine')?.logLevel;
    return failIf(logLevel === 'OFF', { logLevel });
  },
});
