import { defineCheck, failIf } from '../../../catalogue.ts';

export const codebuildEnvSecrets = defineCheck({
  id: 'codebuild-env-secrets',
  title: 'Build environment carries no secrets',
  service: 'codebuild',
  depth: 'standard',
  level: 'critical',
  category: 'secrets',
  resourceType: 'AWS::CodeBuild::Project',
  failsWhen:
    'A variable of type PLAINTEXT looks like a secret by name and value. PARAMETER_STORE and SECRETS_MANAGER pass.',
  remediation: 'Rotate the secret and use the types SECRETS_MANAGER or PARAMETER_STORE.',
  command: 'aws codebuild update-project --cli-input-json file://project.json',
  on: 'codebuild:BatchGetProjects',
  judge({ secrets }) {
    return failIf(secrets.length > 0, { secrets });
  },
});
