import type { HealthReason } from '../../model/coverage.ts';
import type { Level } from '../../model/level.ts';

/** What can keep a detection from noticing something, or from telling anybody. */
export interface ReasonKind {
  /** What is true where it is not so; the title of the finding. */
  title: string;
  text: string;
  remedy: string;
  level: Level;
}

/** Every reason why a detection is broken; each is a check whose failures are events. */
export const REASONS = {
  'rule-disabled': {
    title: 'Rules that watch for attacks are enabled',
    text: 'The rule is disabled.',
    remedy: 'Enable the rule, or delete it if nobody wants it.',
    level: 'high',
  },
  'no-target': {
    title: 'Rules that watch for attacks have a target',
    text: 'The rule has no target: nobody is told.',
    remedy: 'Add a target, such as an SNS topic that somebody reads.',
    level: 'high',
  },
  'target-gone': {
    title: 'What rules and alarms tell exists',
    text: 'What it tells does not exist any more.',
    remedy: 'Make the target again, or name another.',
    level: 'high',
  },
  'target-refuses': {
    title: 'What rules and alarms tell lets them in',
    text: 'The policy of what it tells does not let the service in.',
    remedy: 'Allow the service to publish in the policy of the topic, queue or function.',
    level: 'high',
  },
  'key-refuses': {
    title: 'Keys of topics let rules and alarms publish',
    text: 'The topic is encrypted with a key that does not let the service use it; nobody can change that of alias/aws/sns.',
    remedy:
      'Encrypt the topic with a key of your own whose policy allows kms:Decrypt and kms:GenerateDataKey* to the service; to EventBridge without conditions on aws:SourceAccount or aws:SourceArn, which it does not send.',
    level: 'high',
  },
  'no-subscriber': {
    title: 'Topics of detections have a confirmed subscriber',
    text: 'Nobody has confirmed a subscription of the topic.',
    remedy: 'Confirm the subscription from the e-mail that AWS has sent, or add another.',
    level: 'high',
  },
  'reads-unseen': {
    title: 'Rules on reading events get them',
    text: 'The rule watches events that only read, which EventBridge leaves out in the state ENABLED.',
    remedy: 'Set the state of the rule to ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS.',
    level: 'medium',
  },
  'global-events-elsewhere': {
    title: 'Rules on events of global services are in us-east-1',
    text: 'Events of IAM and other global services arrive in us-east-1 only.',
    remedy: 'Make the rule in us-east-1.',
    level: 'high',
  },
  'bus-without-events': {
    title: 'Rules on events of AWS are on the bus that gets them',
    text: 'The rule is on a bus that gets no events of AWS by itself.',
    remedy: 'Make the rule on the default bus, or forward events from there.',
    level: 'medium',
  },
  'pattern-unreadable': {
    title: 'Patterns of detections can be read',
    text: 'The pattern cannot be read, so it is not known what it would meet.',
    remedy: 'Correct the pattern.',
    level: 'medium',
  },
  'no-trail': {
    title: 'A trail brings what detections watch',
    text: 'No trail that is logging brings the events that it watches.',
    remedy: 'Make a trail of all regions with management events, and start it.',
    level: 'high',
  },
  'data-events-off': {
    title: 'Data events that detections watch are recorded',
    text: 'It watches data events that no trail records.',
    remedy: 'Record the data events of the service in a trail; they cost per event.',
    level: 'medium',
  },
  'trail-stopped': {
    title: 'Trails are logging',
    text: 'The trail is not logging.',
    remedy: 'Start the logging of the trail.',
    level: 'critical',
  },
  'trail-delivery-error': {
    title: 'Trails deliver what they record',
    text: 'The trail could not deliver its files.',
    remedy: 'Correct the policy of the bucket and the key.',
    level: 'high',
  },
  'trail-without-management-events': {
    title: 'Trails record management events',
    text: 'The trail records no management events that write.',
    remedy: 'Record management events, reads and writes, in the trail.',
    level: 'high',
  },
  'log-group-gone': {
    title: 'Log groups of detections exist',
    text: 'The log group does not exist.',
    remedy: 'Make the log group, or point the filter at another.',
    level: 'high',
  },
  'log-group-unfed': {
    title: 'Trails feed the log groups that are watched',
    text: 'It watches events of CloudTrail in a log group that no trail feeds.',
    remedy: 'Name the log group in a trail that is logging.',
    level: 'high',
  },
  'log-delivery-error': {
    title: 'Trails can write to the log groups that are watched',
    text: 'The trail that feeds the log group could not write to it.',
    remedy: 'Correct the role with which the trail writes to CloudWatch Logs.',
    level: 'high',
  },
  'log-class-without-filters': {
    title: 'Log groups that are watched are of a class that can be watched',
    text: 'Metric filters do not work in a log group of this class.',
    remedy: 'Send the events to a log group of class STANDARD.',
    level: 'high',
  },
  'no-alarm': {
    title: 'Metric filters have an alarm',
    text: 'No alarm watches the metric of the filter.',
    remedy: 'Make an alarm on the metric that tells somebody.',
    level: 'high',
  },
  'alarm-actions-off': {
    title: 'Alarms may act',
    text: 'The actions of the alarm are switched off.',
    remedy: 'Enable the actions of the alarm.',
    level: 'high',
  },
  'no-alarm-action': {
    title: 'Alarms tell somebody',
    text: 'The alarm has no action: nobody is told.',
    remedy: 'Add an SNS topic as the action of the alarm.',
    level: 'high',
  },
  'alarm-without-data': {
    title: 'Alarms have data',
    text: 'The alarm has had no data for days, so it cannot tell silence from peace.',
    remedy: 'Check that something brings the metric; treat missing data as not breaching.',
    level: 'medium',
  },
  'no-recorder': {
    title: 'AWS Config records',
    text: 'There is no configuration recorder in the region.',
    remedy: 'Set up AWS Config in the region.',
    level: 'high',
  },
  'recorder-stopped': {
    title: 'The recorder of AWS Config runs',
    text: 'The configuration recorder does not record.',
    remedy: 'Start the recorder.',
    level: 'high',
  },
  'recorder-failing': {
    title: 'The recorder of AWS Config can deliver',
    text: 'The configuration recorder cannot deliver what it records.',
    remedy: 'Correct the delivery channel, its bucket and its role.',
    level: 'high',
  },
  'types-not-recorded': {
    title: 'AWS Config records what its rules judge',
    text: 'The types of resources that the rule judges are not recorded.',
    remedy: 'Add the types to what the recorder records.',
    level: 'medium',
  },
  'config-rule-inactive': {
    title: 'Rules of AWS Config are active',
    text: 'The rule is not active.',
    remedy: 'Wait until it is evaluated, or make it again.',
    level: 'medium',
  },
  'config-rule-failing': {
    title: 'Rules of AWS Config can be evaluated',
    text: 'The last evaluation of the rule failed.',
    remedy: 'Correct what the error names.',
    level: 'medium',
  },
  'function-gone': {
    title: 'Functions that detections call exist',
    text: 'The function that it calls does not exist, or cannot run.',
    remedy: 'Deploy the function again, or name another.',
    level: 'high',
  },
  'detector-suspended': {
    title: 'GuardDuty runs',
    text: 'The detector is suspended.',
    remedy: 'Resume GuardDuty in the region.',
    level: 'critical',
  },
  'no-detector': {
    title: 'GuardDuty finds what rules wait for',
    text: 'The rule waits for findings of GuardDuty, which is not enabled in the region.',
    remedy: 'Enable GuardDuty in the region.',
    level: 'high',
  },
  'feature-off': {
    title: 'Features of GuardDuty are switched on',
    text: 'The feature is switched off, so its findings do not come.',
    remedy: 'Enable the feature; it costs by what it looks at.',
    level: 'low',
  },
  'control-disabled': {
    title: 'Controls of Security Hub are enabled',
    text: 'The control is disabled.',
    remedy: 'Enable the control, if what it judges is in use.',
    level: 'info',
  },
  'standard-not-ready': {
    title: 'Standards of Security Hub are ready',
    text: 'The standard is not ready.',
    remedy: 'Disable the standard and enable it again.',
    level: 'medium',
  },
  'analyzer-inactive': {
    title: 'Access Analyzer works',
    text: 'The analyzer is not active.',
    remedy: 'Make the analyzer again.',
    level: 'medium',
  },
  'macie-paused': {
    title: 'Macie runs',
    text: 'Macie is paused.',
    remedy: 'Resume Macie in the region.',
    level: 'medium',
  },
  'policy-disabled': {
    title: 'Alert policies that watch for attacks are enabled',
    text: 'The alert policy is disabled.',
    remedy: 'Enable the alert policy, or delete it if nobody wants it.',
    level: 'high',
  },
  'policy-snoozed': {
    title: 'Alert policies that watch for attacks are not snoozed',
    text: 'The alert policy is snoozed: nobody is told until that ends.',
    remedy: 'End the snooze, or wait until it ends.',
    level: 'medium',
  },
  'no-channel': {
    title: 'Alert policies tell somebody',
    text: 'The alert policy has no notification channel: nobody is told.',
    remedy: 'Add a notification channel that somebody reads.',
    level: 'high',
  },
  'channel-gone': {
    title: 'Notification channels of alert policies exist',
    text: 'The notification channel does not exist any more.',
    remedy: 'Name another notification channel.',
    level: 'high',
  },
  'channel-disabled': {
    title: 'Notification channels of alert policies are enabled',
    text: 'The notification channel is disabled.',
    remedy: 'Enable the notification channel, or name another.',
    level: 'high',
  },
  'channel-unverified': {
    title: 'Notification channels of alert policies are verified',
    text: 'The notification channel is not verified, so nothing is sent to it.',
    remedy: 'Verify the channel with the code that Google has sent to it.',
    level: 'high',
  },
  'no-alert-policy': {
    title: 'Metrics of the log have an alert policy',
    text: 'No alert policy looks at the metric.',
    remedy: 'Make an alert policy on the metric that tells somebody.',
    level: 'high',
  },
  'metric-disabled': {
    title: 'Metrics of the log that are watched count',
    text: 'The metric is disabled.',
    remedy: 'Enable the metric.',
    level: 'high',
  },
  'metric-gone': {
    title: 'Metrics of the log that alert policies name exist',
    text: 'The metric that the alert policy looks at does not exist.',
    remedy: 'Make the metric again, or correct the policy.',
    level: 'high',
  },
  'bucket-unfed': {
    title: 'Log buckets that metrics count in are fed',
    text: 'The metric counts in a log bucket that no sink fills.',
    remedy: 'Route the audit logs to the bucket by a sink.',
    level: 'high',
  },
  'data-access-off': {
    title: 'Data Access logs that detections watch are recorded',
    text: 'It watches what only Data Access logs have, which are off.',
    remedy: 'Switch on the Data Access logs of the service in the audit configuration; they cost by volume.',
    level: 'medium',
  },
  'scc-service-off': {
    title: 'Services of Security Command Center are enabled',
    text: 'The service of Security Command Center is off in the project.',
    remedy: 'Enable the service; some need the Premium tier.',
    level: 'medium',
  },
  'scc-module-off': {
    title: 'Modules of Security Command Center are enabled',
    text: 'The module is disabled.',
    remedy: 'Enable the module, or delete it if nobody wants it.',
    level: 'low',
  },
} as const satisfies Readonly<Record<string, ReasonKind>>;

export type ReasonCode = keyof typeof REASONS;

/** A reason that breaks a detection. @param fact what AWS answered that proves it */
export function broken(code: ReasonCode, fact: string): HealthReason {
  const { text, remedy } = REASONS[code];
  return { code, text, remedy, fact, severity: 'broken' };
}

/** Something that could not be read, and would decide. */
export function unknown(call: string): HealthReason {
  return {
    code: 'not-seen',
    text: `${call} has no answer, so it is not known whether the detection works.`,
    remedy: `Allow ${call} to whoever scans (vedette policy).`,
    fact: `${call}: no answer`,
    severity: 'unknown',
  };
}

/** The same in a project of Google Cloud, whose scan needs a role. */
export function notAllowed(call: string): HealthReason {
  return { ...unknown(call), remedy: `Allow ${call} to the identity that scans.` };
}

/** Something that does not break a detection, and may surprise. */
export function warning(code: string, text: string, remedy: string, fact: string): HealthReason {
  return { code, text, remedy, fact, severity: 'warning' };
}

export function healthOf(reasons: readonly HealthReason[]): 'healthy' | 'broken' | 'unknown' {
  if (reasons.some(({ severity }) => severity === 'broken')) return 'broken';
  return reasons.some(({ severity }) => severity === 'unknown') ? 'unknown' : 'healthy';
}
