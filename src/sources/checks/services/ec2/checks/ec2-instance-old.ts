import { daysSince } from '../../../ages.ts';
import { defineCheck, failIf, pass, unknown } from '../../../catalogue.ts';

export const ec2InstanceOld = defineCheck({
  id: 'ec2-instance-old',
  title: 'Instances are younger than 180 days',
  service: 'ec2',
  depth: 'deep',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::EC2::Instance',
  failsWhen: 'A running instance was launched more than max_days ago. Other states pass.',
  remediation: 'Rebuild from a current image.',
  parameters: { max_days: 180 },
  on: 'ec2:DescribeInstances',
  judge({ state, launchedAt }, { now, parameters }) {
    if (state !== 'running') return pass({ state });
    if (launchedAt === null) return unknown('AWS does not say when it was launched.');
    const days = daysSince(launchedAt, now);
    return failIf(days > parameters.max_days, { launchedAt, days });
  },
});
