import { allPages, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface WebAcl {
  id: string;
  name: string;
}

async function wafv2({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-wafv2');
  return { ...sdk, client: clients.of(sdk.WAFV2Client, region) };
}

export const wafv2Calls = {
  'wafv2:ListWebACLs': listCall<WebAcl>({
    where: 'region',
    async list(caller) {
      const { client, ListWebACLsCommand } = await wafv2(caller);
      const acls = await allPages(async (NextMarker) => {
        const page = await client.send(new ListWebACLsCommand({ Scope: 'REGIONAL', NextMarker, Limit: 100 }));
        return { items: page.WebACLs, next: page.NextMarker };
      });
      return acls.map(({ ARN = '', Name = '' }) => ({ id: ARN, name: Name }));
    },
  }),

  /** ARNs of the application load balancers behind it. */
  'wafv2:ListResourcesForWebACL': detailCall<WebAcl, readonly string[]>({
    of: 'wafv2:ListWebACLs',
    async get(caller, { id }) {
      const { client, ListResourcesForWebACLCommand } = await wafv2(caller);
      const { ResourceArns = [] } = await client.send(
        new ListResourcesForWebACLCommand({ WebACLArn: id, ResourceType: 'APPLICATION_LOAD_BALANCER' }),
      );
      return ResourceArns;
    },
  }),
};
