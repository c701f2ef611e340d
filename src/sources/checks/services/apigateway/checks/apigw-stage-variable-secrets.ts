import { defineCheck, failIf } from '../../../catalogue.ts';

export const apigwStageVariableSecrets = defineCheck({
  id: 'apigw-stage-variable-secrets',
  title: 'Stage variables carry no secrets',
  service: 'apigateway',
  depth: 'standard',
  level: 'high',
  category: 'secrets',
  resourceType: 'AWS::ApiGateway::Stage',
  failsWhen: 'A stage variable looks like a secret. No variables passes.',
  remediation: 'Rotate the secret, delete the variable, read it in the backend.',
  command:
    'aws apigateway update-stage --rest-api-id API --stage-name STAGE --patch-operations op=remove,path=/variables/NAME',
  on: 'api-gateway:GetStages',
  judge({ secrets }) {
    return failIf(secrets.length > 0, { secrets });
  },
});
