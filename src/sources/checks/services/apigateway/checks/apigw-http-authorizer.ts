import { defineCheck, failIf } from '../../../catalogue.ts';

export const apigwHttpAuthorizer = defineCheck({
  id: 'apigw-http-authorizer',
  title: 'HTTP routes are authorised',
  service: 'apigateway',
  depth: 'quick',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::ApiGatewayV2::Api',
  failsWhen:
    'A route of an HTTP API, or $connect of a WebSocket API, has authorizationType NONE. One verdict per API, the routes named; no routes: no verdict.',
  remediation: 'Give the routes an authoriser.',
  command:
    'aws apigatewayv2 update-route --api-id API --route-id ROUTE --authorization-type JWT --authorizer-id AUTHORIZER',
  on: 'apigatewayv2:GetApis',
  needs: ['apigatewayv2:GetRoutes'],
  judge({ protocol }, { detail }) {
    const routes = (detail('apigatewayv2:GetRoutes') ?? []).filter(
      // A WebSocket is authorised when it is opened.
      ({ key }) => protocol !== 'WEBSOCKET' || key === '$connect',
    );
    const open = routes.filter(({ authorization }) => authorization === 'NONE').map(({ key }) => key);
    return routes.length === 0 ? null : failIf(open.length > 0, { routes: open });
  },
});
