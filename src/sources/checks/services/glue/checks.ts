import type { Check } from '../../catalogue.ts';
import { glueCatalogEncrypted } from './checks/glue-catalog-encrypted.ts';
import { glueJobSecurityConfig } from './checks/glue-job-security-config.ts';

export const glueChecks: readonly Check[] = [glueCatalogEncrypted, glueJobSecurityConfig];
