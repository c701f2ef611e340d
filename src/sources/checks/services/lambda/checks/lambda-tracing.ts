import { defineCheck, failIf } from '../../../catalogue.ts';

export const lambdaTracing = defineCheck({
  id: 'lambda-tracing',
  title: 'Tracing is active',
  service: 'lambda',
  depth: 'deep',
  level: 'low',
  category: 'logging',
  resourceType: 'AWS::Lambda::Function',
  failsWhen: 'TracingConfig.Mode is not Active.',
  remediation: 'Turn tracing on.',
  command: 'aws lambda update-function-configuration --function-name FUNCTION --tracing-config Mode=Active',
  on: 'lambda:ListFunctions',
  judge({ tracing }) {
    return failIf(tracing !== 'Active', { tracing });
  },
});
