import { defineCheck, failIf } from '../../../catalogue.ts';

export const opensearchDomainAuditLog = defineCheck({
  id: 'opensearch-domain-audit-log',
  title: 'Audit logs are published',
  service: 'opensearch',
  depth: 'standard',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::OpenSearchService::Domain',
  failsWhen: 'LogPublishingOptions has no enabled AUDIT_LOGS.',
  remediation: 'Publish audit logs.',
  command:
    'aws opensearch update-domain-config --domain-name DOMAIN --log-publishing-options file://logs.json',
  on: 'opensearch:DescribeDomains',
  judge({ logs }) {
    return failIf(!logs.includes('AUDIT_LOGS'), { logs });
  },
});
