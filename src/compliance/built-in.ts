import type { Framework } from './framework.ts';
import { awsFsbp } from './frameworks/aws-fsbp.ts';
import { awsWafSecurity } from './frameworks/aws-waf-security.ts';
import { cis30 } from './frameworks/cis-3.0.ts';
import { cis401 } from './frameworks/cis-4.0.1.ts';
import { cis50 } from './frameworks/cis-5.0.ts';
import { cis60 } from './frameworks/cis-6.0.ts';
import { cis70 } from './frameworks/cis-7.0.ts';
import { gdpr } from './frameworks/gdpr.ts';
import { iso270012022 } from './frameworks/iso27001-2022.ts';
import { lgpd } from './frameworks/lgpd.ts';
import { nist80053R5 } from './frameworks/nist-800-53-r5.ts';
import { nistCsf20 } from './frameworks/nist-csf-2.0.ts';
import { pciDss40 } from './frameworks/pci-dss-4.0.ts';
import { soc2 } from './frameworks/soc2.ts';

/** Every framework that comes with vedette. */
export const builtInFrameworks: readonly Framework[] = [
  cis30,
  cis401,
  cis50,
  cis60,
  cis70,
  awsFsbp,
  awsWafSecurity,
  pciDss40,
  nist80053R5,
  nistCsf20,
  iso270012022,
  soc2,
  lgpd,
  gdpr,
];
