import { allPages, detailCall, listCall, unlessNotConfigured } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface WebAcl {
  id: string;
  aclId: string;
  name: string;
  /** Those of CloudFront are all in one region. */
  scope: 'REGIONAL' | 'CLOUDFRONT';
}

const CLOUDFRONT_REGION = 'us-east-1';

async function wafv2({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-wafv2');
  return { ...sdk, client: clients.of(sdk.WAFV2Client, region) };
}

export const wafv2Calls = {
  'wafv2:ListWebACLs': listCall<WebAcl>({
    where: 'region',
    async list(caller) {
      const regional = await aclsOf(caller, 'REGIONAL');
      if (caller.region !== CLOUDFRONT_REGION) return regional;
      return [...regional, ...(await aclsOf(caller, 'CLOUDFRONT'))];
    },
  }),

  /** ARNs of the application load balancers behind it. */
  'wafv2:ListResourcesForWebACL': detailCall<WebAcl, readonly string[]>({
    of: 'wafv2:ListWebACLs',
    wanted: ({ scope }) => scope === 'REGIONAL',
    async get(caller, { id }) {
      const { client, ListResourcesForWebACLCommand } = await wafv2(caller);
      const { ResourceArns = [] } = await client.send(
        new ListResourcesForWebACLCommand({ WebACLArn: id, ResourceType: 'APPLICATION_LOAD_BALANCER' }),
      );
      return ResourceArns;
    },
  }),

  'wafv2:GetLoggingConfiguration': detailCall<WebAcl, { destinations: readonly string[] }>({
    of: 'wafv2:ListWebACLs',
    async get(caller, { id }) {
      const { client, GetLoggingConfigurationCommand } = await wafv2(caller);
      return unlessNotConfigured(['WAFNonexistentItemException'], async () => {
        const answer = await client.send(new GetLoggingConfigurationCommand({ ResourceArn: id }));
        return { destinations: answer.LoggingConfiguration?.LogDestinationConfigs ?? [] };
      });
    },
  }),

  'wafv2:GetWebACL': detailCall<WebAcl, { rules: number }>({
    of: 'wafv2:ListWebACLs',
    async get(caller, { aclId, name, scope }) {
      const { client, GetWebACLCommand } = await wafv2(caller);
      const { WebACL } = await client.send(new GetWebACLCommand({ Id: aclId, Name: name, Scope: scope }));
      const groups = [
        ...(WebACL?.PreProcessFirewallManagerRuleGroups ?? []),
        ...(WebACL?.PostProcessFirewallManagerRuleGroups ?? []),
      ];
      return { rules: (WebACL?.Rules ?? []).length + groups.length };
    },
  }),
};

async function aclsOf(caller: Caller, scope: WebAcl['scope']): Promise<WebAcl[]> {
  const { client, ListWebACLsCommand } = await wafv2(caller);
  const acls = await allPages(async (NextMarker) => {
    const page = await client.send(new ListWebACLsCommand({ Scope: scope, NextMarker, Limit: 100 }));
    return { items: page.WebACLs, next: page.NextMarker };
  });
  return acls.map(({ ARN = '', Id = '', Name = '' }) => ({ id: ARN, aclId: Id, name: Name, scope }));
}
