import { defineCheck } from '../../../catalogue.ts';

export const apigwRestTracing = defineCheck({
  id: 'apigw-rest-tracing',
  title: 'X-Ray tracing is on',
  service: 'apigateway',
  depth: 'deep',
  level: 'low',
  category: 'logging',
  resourceType: 'AWS::ApiGateway::Stage',
  failsWhen: 'tracingEnabled is false.',
  remediation: 'Turn tracing on.',
  command:
    'aws apigateway update-stage --rest-api-id API --stage-name STAGE --patch-operations op=replace,path=/tracingEnabled,value=true',
  on: 'api-gateway:GetStages',
  failsIf: { path: 'tracing', op: 'is', value: false },
});
