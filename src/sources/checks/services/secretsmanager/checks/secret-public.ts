import { defineCheck, failIf } from '../../../catalogue.ts';
import { publicStatements } from '../../../iam-policy/access.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';

export const secretPublic = defineCheck({
  id: 'secret-public',
  title: 'Resource policy is not public',
  service: 'secretsmanager',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::SecretsManager::Secret',
  failsWhen:
    'The resource policy allows * without a narrowing condition. No policy passes (ResourcePolicy absent).',
  remediation: 'Remove the public statement; BlockPublicPolicy refuses such policies.',
  command:
    'aws secretsmanager put-resource-policy --secret-id SECRET --block-public-policy --resource-policy file://policy.json',
  on: 'secrets-manager:ListSecrets',
  needs: ['secrets-manager:GetResourcePolicy'],
  judge(_, { detail }) {
    const policy = detail('secrets-manager:GetResourcePolicy') ?? '';
    return failIf(publicStatements(parsePolicy(policy) ?? []).length > 0, { hasPolicy: policy !== '' });
  },
});
