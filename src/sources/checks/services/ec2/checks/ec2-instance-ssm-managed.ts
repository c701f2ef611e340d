import { defineCheck, failIf } from '../../../catalogue.ts';
import { perList } from '../../../per-list.ts';
import type { ManagedInstance } from '../../ssm/collect.ts';

const pings = perList(
  (managed: readonly ManagedInstance[]) =>
    new Map(managed.map(({ instanceId, pingStatus }) => [instanceId, pingStatus])),
);

export const ec2InstanceSsmManaged = defineCheck({
  id: 'ec2-instance-ssm-managed',
  title: 'Instances are managed by Systems Manager',
  service: 'ec2',
  depth: 'standard',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::EC2::Instance',
  failsWhen:
    'A running instance is missing from DescribeInstanceInformation, or its PingStatus is not Online. If that call failed the verdict is unknown; other states get no verdict.',
  remediation: 'Give it the agent, a role with AmazonSSMManagedInstanceCore and a way to the endpoint.',
  on: 'ec2:DescribeInstances',
  needs: ['ssm:DescribeInstanceInformation'],
  judge({ instanceId, state }, { list }) {
    if (state !== 'running') return null;
    const ping = pings(list('ssm:DescribeInstanceInformation')).get(instanceId) ?? null;
    return failIf(ping !== 'Online', { managed: ping !== null, ping });
  },
});
