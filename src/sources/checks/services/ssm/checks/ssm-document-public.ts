import { defineCheck, failIf } from '../../../catalogue.ts';
import { TRUSTED_ACCOUNTS } from '../../../iam-policy/foreign.ts';

export const ssmDocumentPublic = defineCheck({
  id: 'ssm-document-public',
  title: 'Own documents are private',
  service: 'ssm',
  depth: 'quick',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::SSM::Document',
  failsWhen: 'An own document is shared with all, or with an account that is not trusted.',
  remediation: 'Stop sharing the document with everybody, and block it for the account.',
  command:
    'aws ssm modify-document-permission --name DOCUMENT --permission-type Share --account-ids-to-remove all',
  parameters: TRUSTED_ACCOUNTS,
  on: 'ssm:ListDocuments',
  needs: ['ssm:DescribeDocumentPermission'],
  judge(_, { accountId, detail, parameters }) {
    const known = [accountId, ...parameters.trusted_account_ids];
    const accounts = (detail('ssm:DescribeDocumentPermission') ?? []).filter((one) => !known.includes(one));
    return failIf(accounts.length > 0, { accounts });
  },
});
