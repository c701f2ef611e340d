import type { AwsError } from '../../../../aws/failures.ts';
import { arnOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

/** Macie in a region, on or not. */
export interface MacieSession {
  id: string;
  region: string;
  /** `ENABLED`, `PAUSED`; `DISABLED` where it was never switched on. */
  status: string;
}

async function macie({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-macie2');
  return { ...sdk, client: clients.of(sdk.Macie2Client, region) };
}

export const macieCalls = {
  'macie2:GetMacieSession': listCall<MacieSession>({
    where: 'region',
    async list(caller) {
      return [
        { id: arnOf(caller, 'macie2', 'session'), region: caller.region, status: await statusOf(caller) },
      ];
    },
  }),

  'macie2:GetAutomatedDiscoveryConfiguration': detailCall<MacieSession, { status: string }>({
    of: 'macie2:GetMacieSession',
    wanted: ({ status }) => status === 'ENABLED',
    async get(caller) {
      const { client, GetAutomatedDiscoveryConfigurationCommand } = await macie(caller);
      const { status } = await client.send(new GetAutomatedDiscoveryConfigurationCommand({}));
      return { status: status ?? 'DISABLED' };
    },
  }),
};

/** Macie refuses who has not switched it on, and says so in its message only. */
async function statusOf(caller: Caller): Promise<string> {
  const { client, GetMacieSessionCommand } = await macie(caller);
  try {
    return (await client.send(new GetMacieSessionCommand({}))).status ?? 'DISABLED';
  } catch (error) {
    const { name, message } = error as AwsError;
    if (name === 'AccessDeniedException' && /macie is not enabled/i.test(message)) return 'DISABLED';
    throw error;
  }
}
