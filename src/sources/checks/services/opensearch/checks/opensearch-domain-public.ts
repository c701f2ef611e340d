import { defineCheck, failIf } from '../../../catalogue.ts';
import { publicStatements } from '../../../iam-policy/access.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';

export const opensearchDomainPublic = defineCheck({
  id: 'opensearch-domain-public',
  title: 'Domain is not public',
  service: 'opensearch',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::OpenSearchService::Domain',
  failsWhen:
    'The domain has no VPC and its access policy is public: Allow for * without a condition on aws:SourceIp to non-public or trusted addresses. No policy passes; in a VPC passes.',
  remediation: 'Name the principals in the access policy; move the domain into a VPC.',
  command: 'aws opensearch update-domain-config --domain-name DOMAIN --access-policies file://policy.json',
  on: 'opensearch:DescribeDomains',
  judge({ inVpc, policy }) {
    const isPublic = publicStatements(parsePolicy(policy ?? '') ?? []).length > 0;
    return failIf(isPublic && !inVpc, { inVpc, policyIsPublic: isPublic });
  },
});
