import { defineCheck } from '../../../catalogue.ts';

export const lambdaInVpc = defineCheck({
  id: 'lambda-in-vpc',
  title: 'Function runs inside a VPC',
  service: 'lambda',
  depth: 'deep',
  level: 'low',
  category: 'public',
  resourceType: 'AWS::Lambda::Function',
  failsWhen: 'VpcConfig has no VpcId.',
  remediation: 'Put it into a VPC only where it reaches private things; else suppress.',
  command:
    'aws lambda update-function-configuration --function-name FUNCTION --vpc-config SubnetIds=SUBNET,SecurityGroupIds=GROUP',
  on: 'lambda:ListFunctions',
  failsIf: { path: 'vpcId', op: 'is', value: null },
});
