import { allOf, detailCall, listCall, unlessNotConfigured } from '../../../collect/call.ts';
import type { Caller } from '../../../collect/call.ts';

export interface Hub {
  id: string;
}

export interface Standard {
  id: string;
  arn: string;
  status: string;
}

export interface StandardControl {
  /** e.g. `S3.1`. */
  id: string;
  title: string;
  enabled: boolean;
}

async function securityhub({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-securityhub');
  return { ...sdk, client: clients.of(sdk.SecurityHubClient, region) };
}

/** What an account says that has not switched it on. */
const OFF = ['InvalidAccessException', 'ResourceNotFoundException'];

export const securityhubCalls = {
  'securityhub:DescribeHub': listCall<Hub>({
    where: 'region',
    async list(caller) {
      const { client, DescribeHubCommand } = await securityhub(caller);
      const hub = await unlessNotConfigured(OFF, () => client.send(new DescribeHubCommand({})));
      return hub?.HubArn === undefined ? [] : [{ id: hub.HubArn }];
    },
  }),

  'securityhub:GetEnabledStandards': listCall<Standard>({
    where: 'region',
    async list(caller) {
      const { client, paginateGetEnabledStandards } = await securityhub(caller);
      const standards = await unlessNotConfigured(OFF, () =>
        allOf(paginateGetEnabledStandards({ client }, {}), (page) => page.StandardsSubscriptions),
      );
      return (standards ?? []).map(
        ({ StandardsSubscriptionArn = '', StandardsArn = '', StandardsStatus = '' }) => ({
          id: StandardsSubscriptionArn,
          arn: StandardsArn,
          status: StandardsStatus,
        }),
      );
    },
  }),

  'securityhub:DescribeStandardsControls': detailCall<Standard, StandardControl[]>({
    of: 'securityhub:GetEnabledStandards',
    async get(caller, { id }) {
      const { client, paginateDescribeStandardsControls } = await securityhub(caller);
      const controls = await allOf(
        paginateDescribeStandardsControls({ client }, { StandardsSubscriptionArn: id }),
        (page) => page.Controls,
      );
      return controls.map(({ ControlId = '', Title = '', ControlStatus }) => ({
        id: ControlId,
        title: Title,
        enabled: ControlStatus === 'ENABLED',
      }));
    },
  }),
};
