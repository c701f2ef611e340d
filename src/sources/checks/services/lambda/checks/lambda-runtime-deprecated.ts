import { defineCheck, failIf } from '../../../catalogue.ts';
import { DEPRECATED_FROM } from '../runtimes.ts';

export const lambdaRuntimeDeprecated = defineCheck({
  id: 'lambda-runtime-deprecated',
  title: 'Runtime is supported',
  service: 'lambda',
  depth: 'quick',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::Lambda::Function',
  failsWhen:
    'The day from which AWS no longer supports the runtime has come when the scan starts (a dated table). Images, which have no runtime, get no verdict.',
  remediation: 'Move to a supported runtime and test.',
  command: 'aws lambda update-function-configuration --function-name FUNCTION --runtime RUNTIME',
  on: 'lambda:ListFunctions',
  judge({ runtime }, { now }) {
    if (runtime === null) return null;
    const deprecatedFrom = DEPRECATED_FROM[runtime] ?? null;
    return failIf(deprecatedFrom !== null && Date.parse(deprecatedFrom) <= now, { runtime, deprecatedFrom });
  },
});
