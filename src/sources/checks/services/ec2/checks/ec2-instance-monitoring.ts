import { defineCheck, failIf } from '../../../catalogue.ts';
import { isGone } from '../collect.ts';

export const ec2InstanceMonitoring = defineCheck({
  id: 'ec2-instance-monitoring',
  title: 'Detailed monitoring is on',
  service: 'ec2',
  depth: 'deep',
  level: 'low',
  category: 'logging',
  resourceType: 'AWS::EC2::Instance',
  failsWhen: 'Monitoring.State is not enabled (or pending). Terminated instances get no verdict.',
  remediation: 'Turn detailed monitoring on.',
  command: 'aws ec2 monitor-instances --instance-ids INSTANCE',
  on: 'ec2:DescribeInstances',
  judge(instance) {
    const { monitoring } = instance;
    if (isGone(instance)) return null;
    return failIf(monitoring !== 'enabled' && monitoring !== 'pending', { monitoring });
  },
});
