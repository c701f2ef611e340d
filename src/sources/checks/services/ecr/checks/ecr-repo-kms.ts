import { defineCheck } from '../../../catalogue.ts';

export const ecrRepoKms = defineCheck({
  id: 'ecr-repo-kms',
  title: 'Repository uses a customer key',
  service: 'ecr',
  depth: 'deep',
  level: 'low',
  category: 'rest',
  resourceType: 'AWS::ECR::Repository',
  failsWhen: 'encryptionType is AES256 (KMS and KMS_DSSE pass).',
  remediation: 'Make a repository with a KMS key and push again (it cannot be changed).',
  command: 'aws ecr create-repository --repository-name NAME --encryption-configuration encryptionType=KMS',
  on: 'ecr:DescribeRepositories',
  failsIf: { path: 'encryption', op: 'is', value: 'AES256' },
});
