import { defineCheck, failIf } from '../../../catalogue.ts';

export const apigwRestWaf = defineCheck({
  id: 'apigw-rest-waf',
  title: 'Stage sits behind a WAF',
  service: 'apigateway',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::ApiGateway::Stage',
  failsWhen: 'webAclArn is empty. Private APIs get no verdict.',
  remediation: 'Attach a web ACL.',
  command: 'aws wafv2 associate-web-acl --web-acl-arn ACL --resource-arn STAGE_ARN',
  on: 'api-gateway:GetStages',
  judge({ apiIsPrivate, webAclArn }) {
    return apiIsPrivate ? null : failIf(webAclArn === null, { webAclArn });
  },
});
