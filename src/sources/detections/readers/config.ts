import { ofConfigRule } from '../../../coverage/mapping/native.ts';
import { serviceOfResourceType } from '../../../coverage/services.ts';
import type { Detection, HealthReason } from '../../../model/coverage.ts';
import type { Account, Found } from '../account.ts';
import { broken, healthOf, unknown, warning } from '../reasons.ts';
import { reasonsOfFunction } from './chain.ts';

/** Rules of AWS Config. */
export function configDetections(account: Account): Detection[] {
  return account.regions.flatMap((region) => {
    const recorder = reasonsOfRecorder(account, region);
    const isHeard = (account.list('eventbridge:ListRules', region) ?? []).some(
      ({ item }) => item.pattern?.includes('aws.config') === true,
    );
    return (account.list('config-service:DescribeConfigRules', region) ?? []).map((rule): Detection => {
      const { id, name, identifier, resourceTypes } = rule.item;
      const services = resourceTypes.flatMap((type) => serviceOfResourceType('aws', type) ?? []);
      const reasons = [...recorder, ...reasonsOf(account, region, rule)];
      if (!isHeard) reasons.push(UNHEARD);
      return {
        id,
        kind: 'config-rule',
        name,
        region,
        health: healthOf(reasons),
        reasons,
        isPosture: true,
        sees: [region],
        ...ofConfigRule(identifier, [...new Set(services)].toSorted()),
      };
    });
  });
}

const UNHEARD = warning(
  'nobody-listens',
  'No rule of EventBridge listens to the changes of compliance.',
  'Make a rule on aws.config that tells somebody.',
  'events:ListRules: none on aws.config',
);

/** What keeps AWS Config of a region from recording. */
export function reasonsOfRecorder(account: Account, region: string): HealthReason[] {
  const recorders = account.list('config-service:DescribeConfigurationRecorders', region);
  const statuses = account.list('config-service:DescribeConfigurationRecorderStatus', region);
  if (recorders === null) return [unknown('config:DescribeConfigurationRecorders')];
  if (recorders.length === 0) return [broken('no-recorder', 'config:DescribeConfigurationRecorders: []')];
  if (statuses === null) return [unknown('config:DescribeConfigurationRecorderStatus')];
  const running = statuses.filter(({ item }) => item.recording);
  if (running.length === 0) {
    return [broken('recorder-stopped', 'config:DescribeConfigurationRecorderStatus: recording false')];
  }
  if (running.every(({ item }) => item.lastStatus?.toUpperCase() === 'FAILURE')) {
    return [broken('recorder-failing', 'config:DescribeConfigurationRecorderStatus: lastStatus FAILURE')];
  }
  const channels = account.list('config-service:DescribeDeliveryChannels', region);
  return channels?.length === 0 ? [broken('recorder-failing', 'config:DescribeDeliveryChannels: []')] : [];
}

function reasonsOf(
  account: Account,
  region: string,
  { item }: Found<'config-service:DescribeConfigRules'>,
): HealthReason[] {
  const reasons: HealthReason[] = [];
  const { name, owner, identifier, state, resourceTypes } = item;
  if (state !== 'ACTIVE' && state !== 'EVALUATING') {
    reasons.push(broken('config-rule-inactive', `config:DescribeConfigRules: ConfigRuleState ${state}`));
  }
  const recorders = account.list('config-service:DescribeConfigurationRecorders', region) ?? [];
  const missing = resourceTypes.filter(
    (type) => !recorders.some((recorder) => isRecorded(recorder.item, type)),
  );
  if (recorders.length > 0 && resourceTypes.length > 0 && missing.length === resourceTypes.length) {
    reasons.push(
      broken('types-not-recorded', `config:DescribeConfigurationRecorders: without ${missing.join(', ')}`),
    );
  }
  const error = (account.list('config-service:DescribeConfigRuleEvaluationStatus', region) ?? []).find(
    (status) => status.item.rule === name,
  )?.item.error;
  if (error !== undefined && error !== null) {
    reasons.push(broken('config-rule-failing', `config:DescribeConfigRuleEvaluationStatus: ${error}`));
  }
  if (owner === 'CUSTOM_LAMBDA') {
    const teller = { service: 'config.amazonaws.com', sourceArn: item.id, region };
    reasons.push(...reasonsOfFunction(account, teller, { arn: identifier, region }));
  }
  return reasons;
}

function isRecorded(
  {
    allSupported,
    strategy,
    included,
    excluded,
  }: Found<'config-service:DescribeConfigurationRecorders'>['item'],
  type: string,
): boolean {
  if (strategy === 'EXCLUSION_BY_RESOURCE_TYPES') return !excluded.includes(type);
  return allSupported || included.includes(type);
}
