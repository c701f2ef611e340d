import { defineCheck, failIf, unknown } from '../../../catalogue.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';
import { TRUSTED_ACCOUNTS } from '../../../iam-policy/foreign.ts';
import { letThrough } from '../endpoint-policy.ts';

export const vpcEndpointPolicyOpen = defineCheck({
  id: 'vpc-endpoint-policy-open',
  title: 'Endpoint policies stay inside the trust boundary',
  service: 'vpc',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::EC2::VPCEndpoint',
  failsWhen:
    "A gateway or interface endpoint's policy allows principal * (also the default full-access policy) without a condition on principal account, organisation or resource account, or lets in accounts outside account and trusted_account_ids. Endpoints to private services (com.amazonaws.vpce.*) and those without a policy get no verdict, nor do deleted ones.",
  remediation:
    'Give the endpoint a policy for your accounts or organisation (aws:PrincipalOrgID, aws:ResourceOrgID).',
  command: 'aws ec2 modify-vpc-endpoint --vpc-endpoint-id ENDPOINT --policy-document file://policy.json',
  parameters: TRUSTED_ACCOUNTS,
  on: 'ec2:DescribeVpcEndpoints',
  judge({ type, serviceName, state, policy, vpcId }, { accountId, parameters }) {
    if (state === 'deleted' || state === 'deleting') return null;
    const hasPolicy = (type === 'Interface' || type === 'Gateway') && policy !== null;
    if (!hasPolicy || serviceName.startsWith('com.amazonaws.vpce.')) return null;
    const statements = parsePolicy(policy);
    if (statements === null) return unknown('The policy of the endpoint cannot be read.');
    const lets = letThrough(statements, { accountId, trusted: parameters.trusted_account_ids });
    return failIf(lets.length > 0, { lets, serviceName, vpcId });
  },
});
