import { allOf, arnOf, listCall, unlessNotConfigured } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

/** Security Hub in a region, on or not. */
export interface Hub {
  id: string;
  enabled: boolean;
  /** Null where they cannot be told. */
  standards: readonly string[] | null;
}

async function securityhub({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-securityhub');
  return { ...sdk, client: clients.of(sdk.SecurityHubClient, region) };
}

export const securityhubCalls = {
  'securityhub:DescribeHub': listCall<Hub>({
    where: 'region',
    sends: ['securityhub:DescribeHub', 'securityhub:GetEnabledStandards'],
    permissions: ['securityhub:DescribeHub', 'securityhub:GetEnabledStandards'],
    async list(caller) {
      const { client, DescribeHubCommand } = await securityhub(caller);
      const hub = await unlessNotConfigured(['InvalidAccessException', 'ResourceNotFoundException'], () =>
        client.send(new DescribeHubCommand({})),
      );
      return [
        {
          id: arnOf(caller, 'securityhub', 'hub/default'),
          enabled: hub !== null,
          standards: hub === null ? [] : await enabledStandards(caller),
        },
      ];
    },
  }),
};

/** For people; without them it is known all the same whether it is on. */
async function enabledStandards(caller: Caller): Promise<string[] | null> {
  const { client, paginateGetEnabledStandards } = await securityhub(caller);
  try {
    const subscriptions = await allOf(
      paginateGetEnabledStandards({ client }, {}),
      (page) => page.StandardsSubscriptions,
    );
    return subscriptions.map(({ StandardsArn = '' }) => StandardsArn);
  } catch {
    return null;
  }
}
