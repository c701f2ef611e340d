import { globalArnOf, listCall, unlessNotConfigured } from '../../../../collect/call.ts';

export interface SecurityContact {
  id: string;
  exists: boolean;
}

const client = () => import('@aws-sdk/client-account');

export const accountCalls = {
  'account:GetAlternateContact': listCall<SecurityContact>({
    where: 'global',
    async list(caller) {
      const { AccountClient, GetAlternateContactCommand } = await client();
      const contact = await unlessNotConfigured(['ResourceNotFoundException'], () =>
        caller.clients
          .of(AccountClient, caller.region)
          .send(new GetAlternateContactCommand({ AlternateContactType: 'SECURITY' })),
      );
      return [{ id: globalArnOf(caller, 'account', 'contact/SECURITY'), exists: contact !== null }];
    },
  }),
};
