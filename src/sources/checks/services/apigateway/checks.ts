import type { Check } from '../../catalogue.ts';
import { apigwHttpAccessLog } from './checks/apigw-http-access-log.ts';
import { apigwHttpAuthorizer } from './checks/apigw-http-authorizer.ts';
import { apigwRestAuthorizer } from './checks/apigw-rest-authorizer.ts';
import { apigwRestCacheEncrypted } from './checks/apigw-rest-cache-encrypted.ts';
import { apigwRestClientCert } from './checks/apigw-rest-client-cert.ts';
import { apigwRestLogging } from './checks/apigw-rest-logging.ts';
import { apigwRestPublic } from './checks/apigw-rest-public.ts';
import { apigwRestTracing } from './checks/apigw-rest-tracing.ts';
import { apigwRestWaf } from './checks/apigw-rest-waf.ts';
import { apigwStageVariableSecrets } from './checks/apigw-stage-variable-secrets.ts';

export const apigatewayChecks: readonly Check[] = [
  apigwHttpAccessLog,
  apigwHttpAuthorizer,
  apigwRestAuthorizer,
  apigwRestCacheEncrypted,
  apigwRestClientCert,
  apigwRestLogging,
  apigwRestPublic,
  apigwRestTracing,
  apigwRestWaf,
  apigwStageVariableSecrets,
];
