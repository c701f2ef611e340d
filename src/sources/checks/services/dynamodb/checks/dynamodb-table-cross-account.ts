import { defineCheck, failIf } from '../../../catalogue.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';
import { TRUSTED_ACCOUNTS, foreignAccounts } from '../../../iam-policy/foreign.ts';

export const dynamodbTableCrossAccount = defineCheck({
  id: 'dynamodb-table-cross-account',
  title: 'Resource policy does not reach other accounts',
  service: 'dynamodb',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::DynamoDB::Table',
  failsWhen:
    'The resource policy allows a principal of another account that is not trusted, or is public. PolicyNotFoundException passes.',
  remediation: 'Remove foreign principals from the policy, or trust the account.',
  command: 'aws dynamodb put-resource-policy --resource-arn ARN --policy file://policy.json',
  parameters: TRUSTED_ACCOUNTS,
  on: 'dynamodb:ListTables',
  needs: ['dynamodb:GetResourcePolicy'],
  judge(_, { detail, accountId, parameters }) {
    const statements = parsePolicy(detail('dynamodb:GetResourcePolicy') ?? '') ?? [];
    const accounts = foreignAccounts(statements, { accountId, trusted: parameters.trusted_account_ids });
    return failIf(accounts.length > 0, { accounts });
  },
});
