import { defineCheck } from '../../../catalogue.ts';

export const opensearchDomainNodeTls = defineCheck({
  id: 'opensearch-domain-node-tls',
  title: 'Node-to-node encryption is on',
  service: 'opensearch',
  depth: 'standard',
  level: 'high',
  category: 'transit',
  resourceType: 'AWS::OpenSearchService::Domain',
  failsWhen: 'NodeToNodeEncryptionOptions.Enabled is not true.',
  remediation: 'Turn on node-to-node encryption.',
  command:
    'aws opensearch update-domain-config --domain-name DOMAIN --node-to-node-encryption-options Enabled=true',
  on: 'opensearch:DescribeDomains',
  failsIf: { path: 'encryptedBetweenNodes', op: 'is', value: false },
});
