import { defineCheck, failIf } from '../../../catalogue.ts';
import { publicStatements } from '../../../iam-policy/access.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';

export const kmsKeyPublic = defineCheck({
  id: 'kms-key-public',
  title: 'Key policy is not public',
  service: 'kms',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::KMS::Key',
  failsWhen:
    'The policy of an enabled customer key allows * without a narrowing condition (kms:CallerAccount, kms:ViaService with an account, PrincipalOrgID …). Keys that are not enabled and AWS managed ones get no verdict.',
  remediation: 'Name principals in the key policy or limit it to the account.',
  command: 'aws kms put-key-policy --key-id KEY --policy-name default --policy file://policy.json',
  on: 'kms:ListKeys',
  needs: ['kms:DescribeKey', 'kms:GetKeyPolicy'],
  judge(_, { detail }) {
    const key = detail('kms:DescribeKey');
    if (key === null || !key.customerManaged || key.state !== 'Enabled') return null;
    return failIf(publicStatements(parsePolicy(detail('kms:GetKeyPolicy') ?? '') ?? []).length > 0);
  },
});
