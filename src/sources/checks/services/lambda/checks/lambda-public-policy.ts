import { defineCheck, failIf } from '../../../catalogue.ts';
import { openStatements } from '../function-policy.ts';

export const lambdaPublicPolicy = defineCheck({
  id: 'lambda-public-policy',
  title: 'Function policy is not public',
  service: 'lambda',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::Lambda::Function',
  failsWhen:
    "The function's resource policy allows * without a narrowing condition (SourceAccount, SourceArn, PrincipalOrgID; lambda:FunctionUrlAuthType AWS_IAM), or allows s3.amazonaws.com without SourceAccount (a bucket's name may change hands). ResourceNotFoundException passes.",
  remediation: 'Remove the statement, or name account or ARN of the caller.',
  command: 'aws lambda remove-permission --function-name FUNCTION --statement-id SID',
  on: 'lambda:ListFunctions',
  needs: ['lambda:GetPolicy'],
  judge(_, { detail }) {
    const open = openStatements(detail('lambda:GetPolicy'));
    return failIf(open.length > 0, { statements: open });
  },
});
