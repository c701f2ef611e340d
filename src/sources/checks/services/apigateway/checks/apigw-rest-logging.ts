import { defineCheck, failIf } from '../../../catalogue.ts';

export const apigwRestLogging = defineCheck({
  id: 'apigw-rest-logging',
  title: 'Execution logging is on',
  service: 'apigateway',
  depth: 'quick',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::ApiGateway::Stage',
  failsWhen:
    'The method setting */* is missing, or its loggingLevel is neither ERROR nor INFO (settings of single methods do not stand in for it).',
  remediation: 'Log errors at least.',
  command:
    'aws apigateway update-stage --rest-api-id API --stage-name STAGE --patch-operations op=replace,path=/*/*/logging/loglevel,value=ERROR',
  on: 'api-gateway:GetStages',
  judge({ loggingLevel }) {
    return failIf(loggingLevel !== 'ERROR' && loggingLevel !== 'INFO', { loggingLevel });
  },
});
