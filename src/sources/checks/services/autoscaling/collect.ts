import { allOf, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';
import { taggedBy } from '../../tagged-by.ts';
import { userDataOf } from '../ec2/user-data.ts';
import type { UserData } from '../ec2/user-data.ts';

export interface LaunchConfiguration {
  id: string;
  name: string;
  givesPublicIp: boolean;
  metadataEndpoint: string;
  metadataTokens: string;
  userData: UserData | null;
}

export interface AutoScalingGroup {
  id: string;
  name: string;
  zones: readonly string[];
}

async function autoscaling({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-auto-scaling');
  return { ...sdk, client: clients.of(sdk.AutoScalingClient, region) };
}

export const autoscalingCalls = {
  'auto-scaling:DescribeLaunchConfigurations': listCall<LaunchConfiguration>({
    where: 'region',
    permissions: ['autoscaling:DescribeLaunchConfigurations'],
    async list(caller) {
      const { client, paginateDescribeLaunchConfigurations } = await autoscaling(caller);
      const pages = paginateDescribeLaunchConfigurations({ client }, {});
      const configurations = await allOf(pages, (page) => page.LaunchConfigurations);
      return configurations.map((one) => ({
        id: one.LaunchConfigurationARN ?? '',
        name: one.LaunchConfigurationName ?? '',
        givesPublicIp: one.AssociatePublicIpAddress ?? false,
        metadataEndpoint: one.MetadataOptions?.HttpEndpoint ?? 'enabled',
        metadataTokens: one.MetadataOptions?.HttpTokens ?? 'optional',
        userData: userDataOf(one.UserData),
      }));
    },
  }),

  'auto-scaling:DescribeAutoScalingGroups': listCall<AutoScalingGroup>({
    where: 'region',
    permissions: ['autoscaling:DescribeAutoScalingGroups'],
    async list(caller) {
      const { client, paginateDescribeAutoScalingGroups } = await autoscaling(caller);
      const pages = paginateDescribeAutoScalingGroups({ client }, {});
      const groups = await allOf(pages, (page) => page.AutoScalingGroups);
      return groups.map(
        ({ AutoScalingGroupARN = '', AutoScalingGroupName = '', Tags, AvailabilityZones }) => ({
          id: AutoScalingGroupARN,
          name: AutoScalingGroupName,
          ...taggedBy(Tags),
          zones: AvailabilityZones ?? [],
        }),
      );
    },
  }),
};
