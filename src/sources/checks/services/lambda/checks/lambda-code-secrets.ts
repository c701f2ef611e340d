import { defineCheck, failIf, unknown } from '../../../catalogue.ts';

export const lambdaCodeSecrets = defineCheck({
  id: 'lambda-code-secrets',
  title: 'Code bundle carries no secrets',
  service: 'lambda',
  depth: 'deep',
  level: 'critical',
  category: 'secrets',
  resourceType: 'AWS::Lambda::Function',
  failsWhen:
    'A text file in the deployment package contains a secret. Packages above max_mb, images and layers are unknown.',
  remediation: 'Rotate the secret, remove it from the code and its history, deploy again.',
  parameters: { max_mb: 50 },
  on: 'lambda:ListFunctions',
  needs: ['lambda:GetFunction'],
  judge({ isImage, codeBytes, layers }, { detail, parameters }) {
    if (isImage) return unknown('unsupported: the code is a container image');
    if (codeBytes > parameters.max_mb * 1024 * 1024) return unknown('unsupported: the package is too large');
    const secrets = detail('lambda:GetFunction')?.secrets;
    if (secrets === undefined) return unknown('unsupported: the package is too large');
    return failIf(secrets.length > 0, { secrets, layersRead: layers.length === 0 });
  },
});
