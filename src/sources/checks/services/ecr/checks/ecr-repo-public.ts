import { defineCheck, failIf, pass, unknown } from '../../../catalogue.ts';
import { publicStatements } from '../../../iam-policy/access.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';

export const ecrRepoPublic = defineCheck({
  id: 'ecr-repo-public',
  title: 'Repository policy is not public',
  service: 'ecr',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::ECR::Repository',
  failsWhen:
    'The repository policy allows * without a narrowing condition. RepositoryPolicyNotFoundException passes.',
  remediation: 'Name accounts or organisation in the repository policy.',
  command: 'aws ecr set-repository-policy --repository-name REPOSITORY --policy-text file://policy.json',
  on: 'ecr:DescribeRepositories',
  needs: ['ecr:GetRepositoryPolicy'],
  judge(_, { detail }) {
    const policy = detail('ecr:GetRepositoryPolicy');
    if (policy === null) return pass({ hasPolicy: false });
    const statements = parsePolicy(policy);
    if (statements === null) return unknown('The policy of the repository cannot be read.');
    const actions = publicStatements(statements).flatMap((one) => one.actions ?? ['*']);
    return failIf(actions.length > 0, { actions });
  },
});
