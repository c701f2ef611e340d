import { defineCheck, failIf } from '../../../catalogue.ts';

export const ecrRepoLifecycle = defineCheck({
  id: 'ecr-repo-lifecycle',
  title: 'A lifecycle policy exists',
  service: 'ecr',
  depth: 'deep',
  level: 'low',
  category: 'retention',
  resourceType: 'AWS::ECR::Repository',
  failsWhen: 'LifecyclePolicyNotFoundException.',
  remediation: 'Let old images expire.',
  command:
    'aws ecr put-lifecycle-policy --repository-name REPOSITORY --lifecycle-policy-text file://policy.json',
  on: 'ecr:DescribeRepositories',
  needs: ['ecr:GetLifecyclePolicy'],
  judge: (_, { detail }) => failIf(detail('ecr:GetLifecyclePolicy') === null),
});
