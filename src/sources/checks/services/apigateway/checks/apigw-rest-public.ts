import { defineCheck, failIf } from '../../../catalogue.ts';

export const apigwRestPublic = defineCheck({
  id: 'apigw-rest-public',
  title: 'Public REST APIs are listed and intended',
  service: 'apigateway',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::ApiGateway::RestApi',
  failsWhen:
    'The endpoint type is EDGE or REGIONAL. PRIVATE passes. Meant as a list to confirm: suppress what is intended.',
  remediation: 'Make it private, or confirm and suppress.',
  on: 'api-gateway:GetRestApis',
  judge({ endpointTypes }) {
    return failIf(!endpointTypes.includes('PRIVATE'), { endpointTypes });
  },
});
