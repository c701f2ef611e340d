import { defineCheck } from '../../../catalogue.ts';

export const apigwHttpAccessLog = defineCheck({
  id: 'apigw-http-access-log',
  title: 'HTTP stage writes access logs',
  service: 'apigateway',
  depth: 'standard',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::ApiGatewayV2::Stage',
  failsWhen: 'accessLogSettings has no destinationArn.',
  remediation: 'Write access logs.',
  command:
    'aws apigatewayv2 update-stage --api-id API --stage-name STAGE --access-log-settings file://logs.json',
  on: 'apigatewayv2:GetStages',
  failsIf: { path: 'logDestination', op: 'is', value: null },
});
