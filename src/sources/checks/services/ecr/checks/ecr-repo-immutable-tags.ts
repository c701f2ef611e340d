import { defineCheck } from '../../../catalogue.ts';

export const ecrRepoImmutableTags = defineCheck({
  id: 'ecr-repo-immutable-tags',
  title: 'Tags cannot be overwritten',
  service: 'ecr',
  depth: 'standard',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::ECR::Repository',
  failsWhen:
    'imageTagMutability is MUTABLE. IMMUTABLE passes; mutability with exclusions passes and is named.',
  remediation: 'Make tags immutable.',
  command: 'aws ecr put-image-tag-mutability --repository-name REPOSITORY --image-tag-mutability IMMUTABLE',
  on: 'ecr:DescribeRepositories',
  failsIf: { path: 'tagMutability', op: 'is', value: 'MUTABLE' },
});
