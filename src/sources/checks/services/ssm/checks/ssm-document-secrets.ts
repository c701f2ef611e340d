import { defineCheck, failIf } from '../../../catalogue.ts';

export const ssmDocumentSecrets = defineCheck({
  id: 'ssm-document-secrets',
  title: 'Documents carry no secrets',
  service: 'ssm',
  depth: 'standard',
  level: 'high',
  category: 'secrets',
  resourceType: 'AWS::SSM::Document',
  failsWhen: 'The content of an own document contains a secret.',
  remediation: 'Rotate the secret; refer to Parameter Store or Secrets Manager in a new version.',
  command:
    "aws ssm update-document --name DOCUMENT --content file://document.json --document-version '$LATEST'",
  on: 'ssm:ListDocuments',
  needs: ['ssm:GetDocument'],
  judge(_, { detail }) {
    const secrets = detail('ssm:GetDocument')?.secrets ?? [];
    return failIf(secrets.length > 0, { secrets });
  },
});
