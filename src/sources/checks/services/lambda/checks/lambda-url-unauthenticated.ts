import { defineCheck, failIf } from '../../../catalogue.ts';

export const lambdaUrlUnauthenticated = defineCheck({
  id: 'lambda-url-unauthenticated',
  title: 'Function URL asks for IAM authentication',
  service: 'lambda',
  depth: 'quick',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::Lambda::Url',
  failsWhen: 'A function URL has AuthType NONE. Functions without URL get no verdict.',
  remediation: 'Ask for IAM, or put CloudFront with origin access control in front.',
  command: 'aws lambda update-function-url-config --function-name FUNCTION --auth-type AWS_IAM',
  on: 'lambda:ListFunctions',
  needs: ['lambda:GetFunctionUrlConfig'],
  judge(_, { detail }) {
    return (detail('lambda:GetFunctionUrlConfig') ?? []).map(({ qualifier, url, authType }) => ({
      ...failIf(authType === 'NONE', { url }),
      subKey: qualifier,
    }));
  },
});
