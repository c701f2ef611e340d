import { defineCheck, failIf } from '../../../catalogue.ts';

export const apigwRestCacheEncrypted = defineCheck({
  id: 'apigw-rest-cache-encrypted',
  title: 'Stage cache is encrypted',
  service: 'apigateway',
  depth: 'standard',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::ApiGateway::Stage',
  failsWhen:
    'cacheClusterEnabled is true and a method setting caches without cacheDataEncrypted. No cache, no verdict.',
  remediation: 'Encrypt the cache.',
  command:
    'aws apigateway update-stage --rest-api-id API --stage-name STAGE --patch-operations op=replace,path=/*/*/caching/dataEncrypted,value=true',
  on: 'api-gateway:GetStages',
  judge({ cacheEnabled, cachedInClear }) {
    return cacheEnabled ? failIf(cachedInClear.length > 0, { methods: cachedInClear }) : null;
  },
});
