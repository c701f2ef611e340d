import { defineCheck, failIf } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { LambdaFunction } from '../collect.ts';

const functionsOf = grouped(({ roleArn }: LambdaFunction) => roleArn);

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
    const others = functionsOf(list('lambda:ListFunctions'), roleArn).filter((one) => one.id !== id);
    return failIf(others.length > 0, { role: roleArn, others: others.slice(0, 10).map((one) => one.id) });
  },
});
