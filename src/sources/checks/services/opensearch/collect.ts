import type { DomainStatus } from '@aws-sdk/client-opensearch';
import { allPartsOf, inGroups, listCall } from '../../../../collect/call.ts';

export interface SearchDomain {
  id: string;
  name: string;
  inVpc: boolean;
  policy: string | null;
  encrypted: boolean;
  encryptedBetweenNodes: boolean;
  enforcesHttps: boolean;
  fineAccess: boolean;
  /** Kinds of logs that are published: `AUDIT_LOGS`. */
  logs: readonly string[];
  updateAvailable: boolean;
}

const DOMAINS_AT_ONCE = 5;

export const opensearchCalls = {
  'opensearch:DescribeDomains': listCall<SearchDomain>({
    where: 'region',
    sends: ['opensearch:ListDomainNames', 'opensearch:DescribeDomains'],
    permissions: ['es:ListDomainNames', 'es:DescribeDomains'],
    async list({ clients, region }) {
      const sdk = await import('@aws-sdk/client-opensearch');
      const client = clients.of(sdk.OpenSearchClient, region);
      const { DomainNames = [] } = await client.send(new sdk.ListDomainNamesCommand({}));
      const names = DomainNames.map(({ DomainName = '' }) => DomainName);
      const domains = await allPartsOf(inGroups(names, DOMAINS_AT_ONCE), async (group) => {
        const answer = await client.send(new sdk.DescribeDomainsCommand({ DomainNames: group }));
        return answer.DomainStatusList ?? [];
      });
      return domains.map(domainOf);
    },
  }),
};

function domainOf(domain: DomainStatus): SearchDomain {
  return {
    id: domain.ARN ?? '',
    name: domain.DomainName ?? '',
    inVpc: Boolean(domain.VPCOptions?.VPCId),
    policy: domain.AccessPolicies || null,
    encrypted: domain.EncryptionAtRestOptions?.Enabled ?? false,
    encryptedBetweenNodes: domain.NodeToNodeEncryptionOptions?.Enabled ?? false,
    enforcesHttps: domain.DomainEndpointOptions?.EnforceHTTPS ?? false,
    fineAccess: domain.AdvancedSecurityOptions?.Enabled ?? false,
    logs: Object.entries(domain.LogPublishingOptions ?? {})
      .filter(([, options]) => options.Enabled === true)
      .map(([kind]) => kind),
    updateAvailable: domain.ServiceSoftwareOptions?.UpdateAvailable ?? false,
  };
}
