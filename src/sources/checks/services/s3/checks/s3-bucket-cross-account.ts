import { defineCheck, failIf } from '../../../catalogue.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';
import { foreignAccounts, TRUSTED_ACCOUNTS } from '../../../iam-policy/foreign.ts';

export const s3BucketCrossAccount = defineCheck({
  id: 's3-bucket-cross-account',
  title: 'Policy does not reach other accounts',
  service: 's3',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::S3::Bucket',
  failsWhen:
    'The bucket policy allows a principal of another account that is not in trusted_account_ids, or is public; AWS services with a source condition and conditions on the organisation pass. No policy passes.',
  remediation: 'Remove the foreign principals, or add the account to trusted_account_ids.',
  command: 'aws s3api put-bucket-policy --bucket BUCKET --policy file://policy.json',
  parameters: TRUSTED_ACCOUNTS,
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketPolicy'],
  judge(_, { accountId, detail, parameters }) {
    const statements = parsePolicy(detail('s3:GetBucketPolicy') ?? '') ?? [];
    const accounts = foreignAccounts(statements, { accountId, trusted: parameters.trusted_account_ids });
    return failIf(accounts.length > 0, { accounts });
  },
});
