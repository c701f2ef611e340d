import type { Check } from '../../catalogue.ts';
import { lambdaAdminRole } from './checks/lambda-admin-role.ts';
import { lambdaCodeSecrets } from './checks/lambda-code-secrets.ts';
import { lambdaDlq } from './checks/lambda-dlq.ts';
import { lambdaEnvCmk } from './checks/lambda-env-cmk.ts';
import { lambdaEnvSecrets } from './checks/lambda-env-secrets.ts';
import { lambdaForeignLayer } from './checks/lambda-foreign-layer.ts';
import { lambdaInVpc } from './checks/lambda-in-vpc.ts';
import { lambdaMultiAz } from './checks/lambda-multi-az.ts';
import { lambdaPublicPolicy } from './checks/lambda-public-policy.ts';
import { lambdaRuntimeDeprecated } from './checks/lambda-runtime-deprecated.ts';
import { lambdaSharedRole } from './checks/lambda-shared-role.ts';
import { lambdaTracing } from './checks/lambda-tracing.ts';
import { lambdaUrlCorsAny } from './checks/lambda-url-cors-any.ts';
import { lambdaUrlUnauthenticated } from './checks/lambda-url-unauthenticated.ts';

export const lambdaChecks: readonly Check[] = [
  lambdaAdminRole,
  lambdaCodeSecrets,
  lambdaDlq,
  lambdaEnvCmk,
  lambdaEnvSecrets,
  lambdaForeignLayer,
  lambdaInVpc,
  lambdaMultiAz,
  lambdaPublicPolicy,
  lambdaRuntimeDeprecated,
  lambdaSharedRole,
  lambdaTracing,
  lambdaUrlCorsAny,
  lambdaUrlUnauthenticated,
];
