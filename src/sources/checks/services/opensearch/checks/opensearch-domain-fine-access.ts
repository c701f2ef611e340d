import { defineCheck } from '../../../catalogue.ts';

export const opensearchDomainFineAccess = defineCheck({
  id: 'opensearch-domain-fine-access',
  title: 'Fine-grained access control is on',
  service: 'opensearch',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::OpenSearchService::Domain',
  failsWhen: 'AdvancedSecurityOptions.Enabled is not true.',
  remediation: 'Turn on fine-grained access control with a master user.',
  command:
    'aws opensearch update-domain-config --domain-name DOMAIN --advanced-security-options file://options.json',
  on: 'opensearch:DescribeDomains',
  failsIf: { path: 'fineAccess', op: 'is', value: false },
});
