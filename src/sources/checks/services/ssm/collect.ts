import { allOf, arnOf, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

/** An instance, or another machine, that Systems Manager knows. */
export interface ManagedInstance {
  id: string;
  instanceId: string;
  /** `Online`, `ConnectionLost`, `Inactive`. */
  pingStatus: string;
}

async function ssm({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-ssm');
  return { ...sdk, client: clients.of(sdk.SSMClient, region) };
}

export const ssmCalls = {
  'ssm:DescribeInstanceInformation': listCall<ManagedInstance>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeInstanceInformation } = await ssm(caller);
      const pages = paginateDescribeInstanceInformation({ client }, {});
      const instances = await allOf(pages, (page) => page.InstanceInformationList);
      return instances.map(({ InstanceId = '', PingStatus }) => ({
        id: arnOf(caller, 'ssm', `managed-instance/${InstanceId}`),
        instanceId: InstanceId,
        pingStatus: PingStatus ?? '',
      }));
    },
  }),
};
