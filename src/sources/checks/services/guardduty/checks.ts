import type { Check } from '../../catalogue.ts';
import { guarddutyCentral } from './checks/guardduty-central.ts';
import { guarddutyEksAudit } from './checks/guardduty-eks-audit.ts';
import { guarddutyLambda } from './checks/guardduty-lambda.ts';
import { guarddutyMalware } from './checks/guardduty-malware.ts';
import { guarddutyOn } from './checks/guardduty-on.ts';
import { guarddutyOpenFindings } from './checks/guardduty-open-findings.ts';
import { guarddutyRds } from './checks/guardduty-rds.ts';
import { guarddutyRuntime } from './checks/guardduty-runtime.ts';
import { guarddutyS3 } from './checks/guardduty-s3.ts';

export const guarddutyChecks: readonly Check[] = [
  guarddutyCentral,
  guarddutyEksAudit,
  guarddutyLambda,
  guarddutyMalware,
  guarddutyOn,
  guarddutyOpenFindings,
  guarddutyRds,
  guarddutyRuntime,
  guarddutyS3,
];
