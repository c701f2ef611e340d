import { defineCheck } from '../../../catalogue.ts';

export const apigwRestClientCert = defineCheck({
  id: 'apigw-rest-client-cert',
  title: 'Stage uses a client certificate for its backend',
  service: 'apigateway',
  depth: 'standard',
  level: 'medium',
  category: 'transit',
  resourceType: 'AWS::ApiGateway::Stage',
  failsWhen: 'clientCertificateId of the stage is empty.',
  remediation: 'Make a client certificate and let the backend check it.',
  command:
    'aws apigateway update-stage --rest-api-id API --stage-name STAGE --patch-operations op=replace,path=/clientCertificateId,value=CERTIFICATE',
  on: 'api-gateway:GetStages',
  failsIf: { path: 'clientCertificateId', op: 'is', value: null },
});
