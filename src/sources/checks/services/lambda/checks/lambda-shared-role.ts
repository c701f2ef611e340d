import { defineCheck, failIf } from '../../../catalogue.ts';

export const lambdaSharedRole = defineCheck({
  id: 'lambda-shared-role',
  title: 'Functions do not share one role',
  service: 'lambda',
  depth: 'deep',
  level: 'low',
  category: 'access',
  resourceType: 'AWS::Lambda::Function',
  failsWhen: 'Another function of the account (any asked region) has the same role.',
  remediation: 'Give each function a role of its own.',
  command: 'aws lambda update-function-configuration --function-name FUNCTION --role ROLE_ARN',
  on: 'lambda:ListFunctions',
  acrossRegions: true,
  judge({ id, roleArn }, { list }) {
    const others = list('lambda:ListFunctions').filter((one) => one.id !== id && one.roleArn === roleArn);
    return failIf(others.length > 0, { role: roleArn, others: others.slice(0, 10).map((one) => one.id) });
  },
});
