import { allOf, arnOf, listCall } from '../../../collect/call.ts';
import type { Caller } from '../../../collect/call.ts';

export interface ConfigRule {
  id: string;
  name: string;
  /** `AWS`, `CUSTOM_LAMBDA` or `CUSTOM_POLICY`. */
  owner: string;
  /** Of a managed rule its name, of a custom one its Lambda function. */
  identifier: string;
  state: string;
  resourceTypes: readonly string[];
}

export interface Recorder {
  id: string;
  name: string;
  allSupported: boolean;
  /** `ALL_SUPPORTED_RESOURCE_TYPES`, `INCLUSION_BY_RESOURCE_TYPES` or `EXCLUSION_BY_RESOURCE_TYPES`. */
  strategy: string;
  included: readonly string[];
  excluded: readonly string[];
}

export interface RecorderStatus {
  id: string;
  name: string;
  recording: boolean;
  lastStatus: string | null;
}

export interface RuleStatus {
  id: string;
  rule: string;
  error: string | null;
}

async function config({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-config-service');
  return { ...sdk, client: clients.of(sdk.ConfigServiceClient, region) };
}

export const configCalls = {
  'config-service:DescribeConfigRules': listCall<ConfigRule>({
    where: 'region',
    permissions: ['config:DescribeConfigRules'],
    async list(caller) {
      const { client, paginateDescribeConfigRules } = await config(caller);
      const rules = await allOf(paginateDescribeConfigRules({ client }, {}), (page) => page.ConfigRules);
      return rules.map((rule) => ({
        id: rule.ConfigRuleArn ?? arnOf(caller, 'config', `config-rule/${rule.ConfigRuleName ?? ''}`),
        name: rule.ConfigRuleName ?? '',
        owner: rule.Source?.Owner ?? '',
        identifier: rule.Source?.SourceIdentifier ?? '',
        state: rule.ConfigRuleState ?? 'ACTIVE',
        resourceTypes: rule.Scope?.ComplianceResourceTypes ?? [],
      }));
    },
  }),

  'config-service:DescribeConfigurationRecorders': listCall<Recorder>({
    where: 'region',
    permissions: ['config:DescribeConfigurationRecorders'],
    async list(caller) {
      const { client, DescribeConfigurationRecordersCommand } = await config(caller);
      const { ConfigurationRecorders = [] } = await client.send(
        new DescribeConfigurationRecordersCommand({}),
      );
      return ConfigurationRecorders.map(({ name = 'default', recordingGroup = {} }) => ({
        id: arnOf(caller, 'config', `configuration-recorder/${name}`),
        name,
        allSupported: recordingGroup.allSupported ?? false,
        strategy: recordingGroup.recordingStrategy?.useOnly ?? '',
        included: recordingGroup.resourceTypes ?? [],
        excluded: recordingGroup.exclusionByResourceTypes?.resourceTypes ?? [],
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
      return ConfigurationRecordersStatus.map(({ name = 'default', recording = false, lastStatus }) => ({
        id: arnOf(caller, 'config', `configuration-recorder/${name}`),
        name,
        recording,
        lastStatus: lastStatus ?? null,
      }));
    },
  }),

  'config-service:DescribeDeliveryChannels': listCall({
    where: 'region',
    permissions: ['config:DescribeDeliveryChannels'],
    async list(caller) {
      const { client, DescribeDeliveryChannelsCommand } = await config(caller);
      const { DeliveryChannels = [] } = await client.send(new DescribeDeliveryChannelsCommand({}));
      return DeliveryChannels.map(({ name = 'default' }) => ({
        id: arnOf(caller, 'config', `delivery-channel/${name}`),
      }));
    },
  }),

  'config-service:DescribeConfigRuleEvaluationStatus': listCall<RuleStatus>({
    where: 'region',
    permissions: ['config:DescribeConfigRuleEvaluationStatus'],
    async list(caller) {
      const { client, paginateDescribeConfigRuleEvaluationStatus } = await config(caller);
      const all = await allOf(
        paginateDescribeConfigRuleEvaluationStatus({ client }, {}),
        (page) => page.ConfigRulesEvaluationStatus,
      );
      return all.map(({ ConfigRuleArn = '', ConfigRuleName = '', LastErrorCode, LastErrorMessage }) => ({
        id: `${ConfigRuleArn}#status`,
        rule: ConfigRuleName,
        error: LastErrorCode === undefined ? null : `${LastErrorCode}: ${LastErrorMessage ?? ''}`,
      }));
    },
  }),
};
