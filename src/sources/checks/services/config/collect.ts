import { arnOf, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface Recorder {
  id: string;
  name: string;
  roleArn: string;
}

export interface RecorderStatus {
  id: string;
  name: string;
  recording: boolean;
  /** `Success`, `Failure`, `Pending` or `NotApplicable`. */
  lastStatus: string | null;
}

export interface DeliveryChannel {
  id: string;
  name: string;
  bucket: string | null;
}

async function config({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-config-service');
  return { ...sdk, client: clients.of(sdk.ConfigServiceClient, region) };
}

export const configCalls = {
  'config-service:DescribeConfigurationRecorders': listCall<Recorder>({
    where: 'region',
    permissions: ['config:DescribeConfigurationRecorders'],
    async list(caller) {
      const { client, DescribeConfigurationRecordersCommand } = await config(caller);
      const { ConfigurationRecorders = [] } = await client.send(
        new DescribeConfigurationRecordersCommand({}),
      );
      return ConfigurationRecorders.map(({ name = '', roleARN = '' }) => ({
        id: arnOf(caller, 'config', `configuration-recorder/${name}`),
        name,
        roleArn: roleARN,
      }));
    },
  }),

  'config-service:DescribeConfigurationRecorderStatus': listCall<RecorderStatus>({
    where: 'region',
    permissions: ['config:DescribeConfigurationRecorderStatus'],
    async list(caller) {
      const { client, DescribeConfigurationRecorderStatusCommand } = await config(caller);
      const { ConfigurationRecordersStatus = [] } = await client.send(
        new DescribeConfigurationRecorderStatusCommand({}),
      );
      return ConfigurationRecordersStatus.map(({ name = '', recording, lastStatus }) => ({
        id: arnOf(caller, 'config', `configuration-recorder/${name}`),
        name,
        recording: recording ?? false,
        lastStatus: lastStatus ?? null,
      }));
    },
  }),

  'config-service:DescribeDeliveryChannels': listCall<DeliveryChannel>({
    where: 'region',
    permissions: ['config:DescribeDeliveryChannels'],
    async list(caller) {
      const { client, DescribeDeliveryChannelsCommand } = await config(caller);
      const { DeliveryChannels = [] } = await client.send(new DescribeDeliveryChannelsCommand({}));
      return DeliveryChannels.map(({ name = '', s3BucketName }) => ({
        id: arnOf(caller, 'config', `delivery-channel/${name}`),
        name,
        bucket: s3BucketName || null,
      }));
    },
  }),
};
