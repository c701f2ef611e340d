import { defineCheck, failIf } from '../../../catalogue.ts';

export const lambdaUrlCorsAny = defineCheck({
  id: 'lambda-url-cors-any',
  title: 'Function URL CORS is not open to all',
  service: 'lambda',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::Lambda::Url',
  failsWhen: "A function URL's Cors.AllowOrigins contains *. No URL, no verdict; no Cors passes.",
  remediation: 'Name the origins.',
  command:
    'aws lambda update-function-url-config --function-name FUNCTION --cors AllowOrigins=https://example.com',
  on: 'lambda:ListFunctions',
  needs: ['lambda:GetFunctionUrlConfig'],
  judge(_, { detail }) {
    return (detail('lambda:GetFunctionUrlConfig') ?? []).map(({ qualifier, url, origins }) => ({
      ...failIf(origins.includes('*'), { url, origins }),
      subKey: qualifier,
    }));
  },
});
