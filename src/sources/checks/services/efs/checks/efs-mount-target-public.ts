import { defineCheck, failIf } from '../../../catalogue.ts';
import { isPublicSubnet } from '../../ec2/reachability.ts';

export const efsMountTargetPublic = defineCheck({
  id: 'efs-mount-target-public',
  title: 'Mount targets sit in private subnets',
  service: 'efs',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::EFS::MountTarget',
  failsWhen:
    'A mount target lies in a public subnet. One verdict per file system, the targets named; no target, no verdict.',
  remediation: 'Make mount targets in private subnets and delete this one.',
  command: 'aws efs delete-mount-target --mount-target-id TARGET',
  on: 'efs:DescribeFileSystems',
  needs: ['efs:DescribeMountTargets', 'ec2:DescribeSubnets', 'ec2:DescribeRouteTables'],
  judge(_, { detail, list }) {
    const targets = detail('efs:DescribeMountTargets') ?? [];
    if (targets.length === 0) return null;
    const network = { subnets: list('ec2:DescribeSubnets'), routeTables: list('ec2:DescribeRouteTables') };
    const open = targets.filter(({ subnetId }) => isPublicSubnet(subnetId, network));
    return failIf(open.length > 0, { publicTargets: open, targets: targets.length });
  },
});
