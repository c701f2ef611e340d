import { defineCheck, failIf } from '../../../catalogue.ts';

export const secretRotation = defineCheck({
  id: 'secret-rotation',
  title: 'Rotation is on',
  service: 'secretsmanager',
  depth: 'quick',
  level: 'medium',
  category: 'secrets',
  resourceType: 'AWS::SecretsManager::Secret',
  failsWhen: 'RotationEnabled is not true. Secrets that an AWS service owns (OwningService) get no verdict.',
  remediation: 'Turn rotation on.',
  command:
    'aws secretsmanager rotate-secret --secret-id SECRET --rotation-lambda-arn FUNCTION --rotation-rules AutomaticallyAfterDays=90',
  on: 'secrets-manager:ListSecrets',
  judge: ({ owner, rotates }) => (owner === null ? failIf(!rotates) : null),
});
