import { defineCheck } from '../../../catalogue.ts';

export const opensearchDomainSoftware = defineCheck({
  id: 'opensearch-domain-software',
  title: 'Service software is current',
  service: 'opensearch',
  depth: 'standard',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::OpenSearchService::Domain',
  failsWhen: 'ServiceSoftwareOptions.UpdateAvailable is true.',
  remediation: 'Start the software update off peak.',
  command: 'aws opensearch start-service-software-update --domain-name DOMAIN',
  on: 'opensearch:DescribeDomains',
  failsIf: { path: 'updateAvailable', op: 'is', value: true },
});
