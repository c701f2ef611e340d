import { defineCheck, failIf } from '../../../catalogue.ts';

export const lambdaEnvCmk = defineCheck({
  id: 'lambda-env-cmk',
  title: 'Environment is encrypted with a customer key',
  service: 'lambda',
  depth: 'deep',
  level: 'low',
  category: 'rest',
  resourceType: 'AWS::Lambda::Function',
  failsWhen: 'Environment variables are set and KMSKeyArn is empty. No variables passes.',
  remediation: 'Encrypt the environment with a key of your own.',
  command: 'aws lambda update-function-configuration --function-name FUNCTION --kms-key-arn KEY',
  on: 'lambda:ListFunctions',
  judge({ environment, keyArn }) {
    // An environment that cannot be decrypted is there, and is encrypted with a key.
    return failIf((environment?.variables ?? 0) > 0 && keyArn === null);
  },
});
