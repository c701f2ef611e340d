import type { Check } from '../../catalogue.ts';
import { opensearchDomainAuditLog } from './checks/opensearch-domain-audit-log.ts';
import { opensearchDomainEncrypted } from './checks/opensearch-domain-encrypted.ts';
import { opensearchDomainErrorLog } from './checks/opensearch-domain-error-log.ts';
import { opensearchDomainFineAccess } from './checks/opensearch-domain-fine-access.ts';
import { opensearchDomainHttps } from './checks/opensearch-domain-https.ts';
import { opensearchDomainNodeTls } from './checks/opensearch-domain-node-tls.ts';
import { opensearchDomainPublic } from './checks/opensearch-domain-public.ts';
import { opensearchDomainSoftware } from './checks/opensearch-domain-software.ts';

export const opensearchChecks: readonly Check[] = [
  opensearchDomainAuditLog,
  opensearchDomainEncrypted,
  opensearchDomainErrorLog,
  opensearchDomainFineAccess,
  opensearchDomainHttps,
  opensearchDomainNodeTls,
  opensearchDomainPublic,
  opensearchDomainSoftware,
];
