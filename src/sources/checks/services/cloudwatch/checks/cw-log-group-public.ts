import { defineCheck, failIf } from '../../../catalogue.ts';
import { publicStatements } from '../../../iam-policy/access.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';

export const cwLogGroupPublic = defineCheck({
  id: 'cw-log-group-public',
  title: 'Log resource policies are not public',
  service: 'cloudwatch',
  depth: 'quick',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::Logs::ResourcePolicy',
  failsWhen:
    'A CloudWatch Logs resource policy allows * without a narrowing condition on a log group or *. One verdict per policy; a region without policies gets none.',
  remediation: 'Name the service and add aws:SourceArn or aws:SourceAccount.',
  command: 'aws logs put-resource-policy --policy-name POLICY --policy-document file://policy.json',
  on: 'cloudwatch-logs:DescribeResourcePolicies',
  judge: ({ document }) => failIf(publicStatements(parsePolicy(document) ?? []).length > 0),
});
