import { defineCheck, failIf, unknown } from '../../../catalogue.ts';

export const lambdaEnvSecrets = defineCheck({
  id: 'lambda-env-secrets',
  title: 'Environment variables carry no secrets',
  service: 'lambda',
  depth: 'quick',
  level: 'critical',
  category: 'secrets',
  resourceType: 'AWS::Lambda::Function',
  failsWhen:
    "An environment variable's name and value look like a secret. Names and kinds are reported, never values; no variables passes; values that only refer to Secrets Manager or SSM pass.",
  remediation: 'Rotate the secret and read it from Secrets Manager or Parameter Store at run time.',
  command:
    'aws lambda update-function-configuration --function-name FUNCTION --environment file://environment.json',
  on: 'lambda:ListFunctions',
  judge({ environment }) {
    if (environment === null)
      return unknown('failed: the environment could not be decrypted for this identity');
    return failIf(environment.secrets.length > 0, { secrets: environment.secrets });
  },
});
