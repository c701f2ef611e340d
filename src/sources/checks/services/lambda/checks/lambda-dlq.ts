import { defineCheck } from '../../../catalogue.ts';

export const lambdaDlq = defineCheck({
  id: 'lambda-dlq',
  title: 'Failed events are kept',
  service: 'lambda',
  depth: 'deep',
  level: 'low',
  category: 'availability',
  resourceType: 'AWS::Lambda::Function',
  failsWhen:
    'The function has no DeadLetterConfig with a target. (On-failure destinations would need a call per function and are not asked for; suppress where they are used.)',
  remediation: 'Keep failed events in a queue.',
  command:
    'aws lambda update-function-configuration --function-name FUNCTION --dead-letter-config TargetArn=ARN',
  on: 'lambda:ListFunctions',
  failsIf: { path: 'deadLetterArn', op: 'is', value: null },
});
