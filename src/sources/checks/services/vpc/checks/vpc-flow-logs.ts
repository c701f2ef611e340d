import { defineCheck, failIf } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { FlowLog } from '../collect.ts';

const logsOf = grouped(({ resourceId }: FlowLog) => resourceId);

export const vpcFlowLogs = defineCheck({
  id: 'vpc-flow-logs',
  title: 'VPC flow logs are on',
  service: 'vpc',
  depth: 'quick',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::EC2::VPC',
  failsWhen:
    'No flow log with status ACTIVE has the VPC as its resource. Logs on all its subnets do not count; a failing delivery (DeliverLogsStatus FAILED) fails.',
  remediation: 'Turn flow logs on for the VPC.',
  command:
    'aws ec2 create-flow-logs --resource-type VPC --resource-ids VPC --traffic-type ALL --log-destination-type s3 --log-destination ARN',
  on: 'ec2:DescribeVpcs',
  needs: ['ec2:DescribeFlowLogs'],
  judge({ vpcId }, { list }) {
    const logs = logsOf(list('ec2:DescribeFlowLogs'), vpcId);
    const delivering = logs.some(({ status, delivery }) => status === 'ACTIVE' && delivery !== 'FAILED');
    return failIf(!delivering, { flowLogs: logs.length });
  },
});
