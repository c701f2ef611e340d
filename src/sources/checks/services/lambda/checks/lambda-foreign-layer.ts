import { defineCheck, failIf } from '../../../catalogue.ts';
import { TRUSTED_ACCOUNTS } from '../../../iam-policy/foreign.ts';

export const lambdaForeignLayer = defineCheck({
  id: 'lambda-foreign-layer',
  title: 'Layers come from trusted accounts',
  service: 'lambda',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::Lambda::Function',
  failsWhen:
    "A layer's ARN is of an account that is neither the function's own nor in trusted_account_ids. No layer passes; AWS's own layers need to be in the list.",
  remediation: 'Publish the layer in an account of yours, or put its account on the trusted list.',
  command: 'aws lambda update-function-configuration --function-name FUNCTION --layers LAYER',
  parameters: TRUSTED_ACCOUNTS,
  on: 'lambda:ListFunctions',
  judge({ layers }, { accountId, parameters }) {
    const known = [accountId, ...parameters.trusted_account_ids];
    // arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION
    const foreign = layers.filter((arn) => !known.includes(arn.split(':')[4] ?? ''));
    return failIf(foreign.length > 0, { layers: foreign });
  },
});
