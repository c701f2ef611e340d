import { defineCheck, failIf } from '../../../catalogue.ts';

const WANTED = ['SEARCH_SLOW_LOGS', 'INDEX_SLOW_LOGS', 'ES_APPLICATION_LOGS'];

export const opensearchDomainErrorLog = defineCheck({
  id: 'opensearch-domain-error-log',
  title: 'Error and slow logs are published',
  service: 'opensearch',
  depth: 'deep',
  level: 'low',
  category: 'logging',
  resourceType: 'AWS::OpenSearchService::Domain',
  failsWhen:
    'One of SEARCH_SLOW_LOGS, INDEX_SLOW_LOGS and ES_APPLICATION_LOGS is not enabled; which is missing is named.',
  remediation: 'Publish application and slow logs.',
  command:
    'aws opensearch update-domain-config --domain-name DOMAIN --log-publishing-options file://logs.json',
  on: 'opensearch:DescribeDomains',
  judge({ logs }) {
    const missing = WANTED.filter((kind) => !logs.includes(kind));
    return failIf(missing.length > 0, { missing });
  },
});
