import { defineCheck } from '../../../catalogue.ts';

export const opensearchDomainHttps = defineCheck({
  id: 'opensearch-domain-https',
  title: 'HTTPS is enforced',
  service: 'opensearch',
  depth: 'standard',
  level: 'high',
  category: 'transit',
  resourceType: 'AWS::OpenSearchService::Domain',
  failsWhen: 'DomainEndpointOptions.EnforceHTTPS is not true.',
  remediation: 'Enforce HTTPS with a TLS 1.2 policy.',
  command:
    'aws opensearch update-domain-config --domain-name DOMAIN --domain-endpoint-options EnforceHTTPS=true,TLSSecurityPolicy=Policy-Min-TLS-1-2-2019-07',
  on: 'opensearch:DescribeDomains',
  failsIf: { path: 'enforcesHttps', op: 'is', value: false },
});
