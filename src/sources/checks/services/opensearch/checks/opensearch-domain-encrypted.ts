import { defineCheck } from '../../../catalogue.ts';

export const opensearchDomainEncrypted = defineCheck({
  id: 'opensearch-domain-encrypted',
  title: 'Domain is encrypted at rest',
  service: 'opensearch',
  depth: 'quick',
  level: 'high',
  category: 'rest',
  resourceType: 'AWS::OpenSearchService::Domain',
  failsWhen: 'EncryptionAtRestOptions.Enabled is not true.',
  remediation: 'Turn on encryption at rest (irreversible, needs a supported version).',
  command:
    'aws opensearch update-domain-config --domain-name DOMAIN --encryption-at-rest-options Enabled=true',
  on: 'opensearch:DescribeDomains',
  failsIf: { path: 'encrypted', op: 'is', value: false },
});
