import type { Check } from '../../catalogue.ts';
import { ssmDocumentPublic } from './checks/ssm-document-public.ts';
import { ssmDocumentSecrets } from './checks/ssm-document-secrets.ts';
import { ssmParameterPlainSecret } from './checks/ssm-parameter-plain-secret.ts';
import { ssmPatchCompliance } from './checks/ssm-patch-compliance.ts';

export const ssmChecks: readonly Check[] = [
  ssmDocumentPublic,
  ssmDocumentSecrets,
  ssmParameterPlainSecret,
  ssmPatchCompliance,
];
