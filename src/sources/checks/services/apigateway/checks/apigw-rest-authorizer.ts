import { defineCheck, failIf } from '../../../catalogue.ts';

export const apigwRestAuthorizer = defineCheck({
  id: 'apigw-rest-authorizer',
  title: 'REST methods are authorised',
  service: 'apigateway',
  depth: 'quick',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::ApiGateway::RestApi',
  failsWhen:
    'A method other than OPTIONS has authorizationType NONE, whether or not the API has an authoriser (an API key identifies, it does not authorise). One verdict per API, the methods named; no methods: no verdict. Resources are read with embed=methods.',
  remediation: 'Give the methods an authoriser or IAM authentication.',
  command:
    'aws apigateway update-method --rest-api-id API --resource-id RESOURCE --http-method METHOD --patch-operations op=replace,path=/authorizationType,value=AWS_IAM',
  on: 'api-gateway:GetRestApis',
  needs: ['api-gateway:GetResources'],
  judge(_, { detail }) {
    const methods = (detail('api-gateway:GetResources') ?? []).filter(({ verb }) => verb !== 'OPTIONS');
    const open = methods.filter(({ authorization }) => authorization === 'NONE').map(({ name }) => name);
    return methods.length === 0 ? null : failIf(open.length > 0, { methods: open });
  },
});
