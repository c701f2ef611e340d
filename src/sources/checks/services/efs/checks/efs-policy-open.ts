import { defineCheck, fail, failIf, unknown } from '../../../catalogue.ts';
import { publicStatements } from '../../../iam-policy/access.ts';
import type { Statement } from '../../../iam-policy/document.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';

export const efsPolicyOpen = defineCheck({
  id: 'efs-policy-open',
  title: 'Policy does not let any client mount',
  service: 'efs',
  depth: 'quick',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EFS::FileSystem',
  failsWhen:
    'There is no file-system policy (any client that reaches a mount target may mount), or a policy allows * without a narrowing condition and without elasticfilesystem:AccessedViaMountTarget true.',
  remediation: 'Set a policy that asks for TLS, mount targets and known principals.',
  command: 'aws efs put-file-system-policy --file-system-id FS --policy file://policy.json',
  on: 'efs:DescribeFileSystems',
  needs: ['efs:DescribeFileSystemPolicy'],
  judge(_, { detail }) {
    const policy = detail('efs:DescribeFileSystemPolicy');
    if (policy === null) return fail({ hasPolicy: false });
    const statements = parsePolicy(policy);
    if (statements === null) return unknown('The policy of the file system cannot be read.');
    const open = publicStatements(statements).filter((one) => !asksForMountTarget(one));
    return failIf(open.length > 0, { actions: open.flatMap((one) => one.actions ?? ['*']) });
  },
});

/** Whoever comes by a mount target is in its network, and past its groups. */
function asksForMountTarget({ conditions }: Statement): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      operator === 'bool' &&
      key === 'elasticfilesystem:accessedviamounttarget' &&
      values.every((value) => value.toLowerCase() === 'true'),
  );
}
