import { daysSince } from '../../../ages.ts';
import { defineCheck, failIf, pass, unknown } from '../../../catalogue.ts';

export const ec2InstanceStoppedLong = defineCheck({
  id: 'ec2-instance-stopped-long',
  title: 'Stopped instances do not linger',
  service: 'ec2',
  depth: 'deep',
  level: 'low',
  category: 'governance',
  resourceType: 'AWS::EC2::Instance',
  failsWhen:
    'State stopped and the time in StateTransitionReason lies more than max_days back. A stopped instance without that time is unknown; other states pass.',
  remediation: 'Snapshot what is needed and terminate.',
  command: 'aws ec2 terminate-instances --instance-ids INSTANCE',
  parameters: { max_days: 30 },
  on: 'ec2:DescribeInstances',
  judge({ state, stateSince }, { now, parameters }) {
    if (state !== 'stopped') return pass({ state });
    if (stateSince === null) return unknown('AWS does not say when it was stopped.');
    const days = daysSince(stateSince, now);
    return failIf(days > parameters.max_days, { stoppedAt: stateSince, days });
  },
});
