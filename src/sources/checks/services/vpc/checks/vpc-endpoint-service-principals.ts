import { defineCheck, failIf } from '../../../catalogue.ts';
import { TRUSTED_ACCOUNTS } from '../../../iam-policy/foreign.ts';

export const vpcEndpointServicePrincipals = defineCheck({
  id: 'vpc-endpoint-service-principals',
  title: 'Endpoint services admit trusted principals only',
  service: 'vpc',
  depth: 'deep',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::EC2::VPCEndpointService',
  failsWhen:
    'An endpoint service of the account admits * or a principal of an account that is neither its own nor trusted. No allowed principals passes; services and organisational units of AWS are no accounts.',
  remediation: 'Remove foreign principals from the service, and ask for acceptance.',
  command:
    'aws ec2 modify-vpc-endpoint-service-permissions --service-id SERVICE --remove-allowed-principals PRINCIPAL',
  parameters: TRUSTED_ACCOUNTS,
  on: 'ec2:DescribeVpcEndpointServices',
  needs: ['ec2:DescribeVpcEndpointServicePermissions'],
  judge(_, { accountId, parameters, detail }) {
    const known = [accountId, ...parameters.trusted_account_ids];
    const foreign = (detail('ec2:DescribeVpcEndpointServicePermissions') ?? [])
      .map(({ principal }) => principal)
      .filter((principal) => {
        if (principal === '*') return true;
        const account = /^arn:[^:]+:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1];
        return account !== undefined && !known.includes(account);
      });
    return failIf(foreign.length > 0, { foreign });
  },
});
