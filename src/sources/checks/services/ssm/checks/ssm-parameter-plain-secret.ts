import { defineCheck, failIf } from '../../../catalogue.ts';
import { isSecretName } from '../../../secrets.ts';

export const ssmParameterPlainSecret = defineCheck({
  id: 'ssm-parameter-plain-secret',
  title: 'Secret-looking parameters are SecureString',
  service: 'ssm',
  depth: 'standard',
  level: 'high',
  category: 'secrets',
  resourceType: 'AWS::SSM::Parameter',
  failsWhen:
    'A parameter of type String or StringList has a name that tells of a secret (password, passwd, secret, token, api_key, private_key, credential …). Values are never read.',
  remediation: 'Rotate the secret, store it as SecureString, delete the plain one.',
  command: 'aws ssm put-parameter --name NAME --type SecureString --value file://value.txt --overwrite',
  on: 'ssm:DescribeParameters',
  judge({ name, type }) {
    return failIf(type !== 'SecureString' && isSecretName(name), { type });
  },
});
