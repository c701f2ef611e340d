import type { HealthReason } from '../../../model/coverage.ts';
import type { Account } from '../account.ts';
import { broken, healthOf, unknown, warning } from '../reasons.ts';
import { allowsService } from '../resource-policy.ts';

/** Who tells somebody something. */
export interface Teller {
  /** e.g. `events.amazonaws.com`. */
  service: string;
  /** ARN of the rule or alarm. */
  sourceArn: string;
  region: string;
}

/**
 * What is wrong with those whom a rule or an alarm tells. One that works is enough: then what is wrong with the others is
 * a warning.
 */
export function reasonsOfTargets(account: Account, teller: Teller, arns: readonly string[]): HealthReason[] {
  const each = arns.map((arn) => reasonsOfTarget(account, teller, arn));
  const works = each.some((reasons) => healthOf(reasons) === 'healthy');
  if (works) return each.flat().map((reason) => ({ ...reason, severity: 'warning' }));
  // What is not known may work.
  const open = each.find((reasons) => healthOf(reasons) === 'unknown');
  return open ?? each.flat();
}

function reasonsOfTarget(account: Account, teller: Teller, arn: string): HealthReason[] {
  const [, , service = '', region = '', accountId = ''] = arn.split(':');
  const { head } = account;
  const isElsewhere = (accountId !== '' && accountId !== head.accountId) || !account.regions.includes(region);
  switch (service) {
    case 'sns':
      return isElsewhere ? [elsewhere(arn)] : reasonsOfTopic(account, teller, { arn, region });
    case 'sqs':
      return isElsewhere ? [elsewhere(arn)] : reasonsOfQueue(account, teller, { arn, region });
    case 'lambda':
      return isElsewhere ? [elsewhere(arn)] : reasonsOfFunction(account, teller, { arn, region });
    default:
      // Whether a log group, a stream or a bus is read by somebody cannot be told.
      return [];
  }
}

function elsewhere(arn: string): HealthReason {
  return warning(
    'target-elsewhere',
    'What it tells is in another account or region, which this scan does not see.',
    'Check there that it exists and lets the service in.',
    arn,
  );
}

/** Services that use the key of a topic without saying what for: a condition on that shuts them out. */
const SAYS_NOTHING_TO_KEYS: ReadonlySet<string> = new Set(['events.amazonaws.com']);

function sourceOf({ head }: Account, { sourceArn }: Teller): { accountId: string; arn: string } {
  return { accountId: head.accountId, arn: sourceArn };
}

interface Place {
  arn: string;
  region: string;
}

function reasonsOfTopic(account: Account, teller: Teller, { arn, region }: Place): HealthReason[] {
  if (account.list('sns:ListTopics', region) === null) return [unknown('sns:ListTopics')];
  const state = account.byId('sns:ListTopics', arn)?.detail('sns:GetTopicAttributes');
  if (account.byId('sns:ListTopics', arn) === null)
    return [broken('target-gone', `sns:ListTopics: no ${arn}`)];
  if (state === undefined || state === null) return [unknown('sns:GetTopicAttributes')];
  const reasons: HealthReason[] = [];
  const source = sourceOf(account, teller);
  const wish = { service: teller.service, source };
  if (state.policy === null || !allowsService(state.policy, { ...wish, action: 'sns:Publish' })) {
    reasons.push(
      broken(
        'target-refuses',
        `sns:GetTopicAttributes: the policy of ${arn} does not allow ${teller.service}`,
      ),
    );
  }
  if (state.keyId !== null) {
    if (/alias\/aws\//.test(state.keyId)) {
      reasons.push(broken('key-refuses', `sns:GetTopicAttributes: KmsMasterKeyId ${state.keyId}`));
    } else if (state.keyPolicy === null) reasons.push(unknown('kms:GetKeyPolicy'));
    else if (
      !['kms:Decrypt', 'kms:GenerateDataKey'].every((action) =>
        allowsService(state.keyPolicy as string, {
          ...wish,
          action,
          source: SAYS_NOTHING_TO_KEYS.has(teller.service) ? null : source,
        }),
      )
    ) {
      reasons.push(
        broken('key-refuses', `kms:GetKeyPolicy: ${state.keyId} does not allow ${teller.service}`),
      );
    }
  }
  if (state.subscriptions === 0) {
    reasons.push(broken('no-subscriber', `sns:ListSubscriptionsByTopic: none confirmed of ${arn}`));
  }
  return reasons;
}

function reasonsOfQueue(account: Account, teller: Teller, { arn, region }: Place): HealthReason[] {
  if (account.list('sqs:ListQueues', region) === null) return [unknown('sqs:ListQueues')];
  const queue = account.byId('sqs:ListQueues', arn);
  if (queue === null) return [broken('target-gone', `sqs:ListQueues: no ${arn}`)];
  const attributes = queue.detail('sqs:GetQueueAttributes');
  if (attributes === undefined) return [unknown('sqs:GetQueueAttributes')];
  const wish = {
    service: teller.service,
    action: 'sqs:SendMessage',
    source: sourceOf(account, teller),
  };
  return allowsService(attributes?.policy ?? '{}', wish)
    ? []
    : [
        broken(
          'target-refuses',
          `sqs:GetQueueAttributes: the policy of ${arn} does not allow ${teller.service}`,
        ),
      ];
}

/** A function by its ARN, with or without a version or an alias. */
export function reasonsOfFunction(account: Account, teller: Teller, { arn, region }: Place): HealthReason[] {
  if (account.list('lambda:ListFunctions', region) === null) return [unknown('lambda:ListFunctions')];
  const unqualified = arn.split(':').slice(0, 7).join(':');
  const found = account.byId('lambda:ListFunctions', unqualified);
  if (found === null) return [broken('function-gone', `lambda:ListFunctions: no ${unqualified}`)];
  const state = found.detail('lambda:GetFunctionConfiguration');
  if (state === undefined) return [unknown('lambda:GetFunctionConfiguration')];
  if (state !== null && ['Failed', 'Inactive'].includes(state.state)) {
    return [broken('function-gone', `lambda:GetFunctionConfiguration: State ${state.state}`)];
  }
  const policy = found.detail('lambda:GetPolicy');
  if (policy === undefined) return [unknown('lambda:GetPolicy')];
  const wish = {
    service: teller.service,
    action: 'lambda:InvokeFunction',
    source: sourceOf(account, teller),
  };
  return allowsService(policy?.policy ?? '{}', wish)
    ? []
    : [broken('target-refuses', `lambda:GetPolicy: ${unqualified} does not allow ${teller.service}`)];
}
